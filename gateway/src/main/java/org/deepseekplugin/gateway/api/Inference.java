package org.deepseekplugin.gateway.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.deepseekplugin.gateway.api.body.BodyReader;
import org.deepseekplugin.gateway.api.body.Peek;
import org.deepseekplugin.gateway.api.body.Peek.Seen;
import org.deepseekplugin.gateway.api.body.TraceParent;
import org.deepseekplugin.gateway.api.errors.ModelRefusals;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.gateway.api.exchange.Answers;
import org.deepseekplugin.gateway.api.exchange.Discard;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.api.exchange.Fallback;
import org.deepseekplugin.gateway.api.relay.Relay;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.gateway.upstream.Dispatcher;
import org.deepseekplugin.gateway.upstream.Dispatcher.Dispatched;
import org.deepseekplugin.gateway.upstream.Inquiry;
import org.deepseekplugin.gateway.upstream.Outcome;
import org.deepseekplugin.gateway.usage.Estimate;

/// Answers a POST to a model: body, model, endpoint, relay.
final class Inference {
    private final Vertx vertx;
    private final BodyReader bodies;
    private final Peek peek;
    private final EndpointSource endpoints;
    private final Dispatcher dispatcher;
    private final Relay relay;

    Inference(
            Vertx vertx,
            BodyReader bodies,
            Peek peek,
            EndpointSource endpoints,
            Dispatcher dispatcher,
            Relay relay) {
        this.vertx = vertx;
        this.bodies = bodies;
        this.peek = peek;
        this.endpoints = endpoints;
        this.dispatcher = dispatcher;
        this.relay = relay;
    }

    void answer(Exchange exchange, Principal principal) {
        bodies.read(exchange)
                .onSuccess(
                        body -> Fallback.guard(exchange, () -> taken(exchange, principal, body)));
    }

    private void taken(Exchange exchange, Principal principal, BodyReader.Body body) {
        switch (body) {
            case BodyReader.Body.Complete(var bytes) -> understand(exchange, principal, bytes);
            case BodyReader.Body.Refused(var refusal) -> turnAway(exchange, refusal);
        }
    }

    /// The rest of the body is still on its way: the connection cannot be used again.
    private void turnAway(Exchange exchange, Refusal refusal) {
        Discard.rest(vertx, exchange.request());
        Answers.refuse(exchange, refusal);
    }

    private void understand(Exchange exchange, Principal principal, Buffer body) {
        switch (peek.at(body.getBytes())) {
            case Seen.Unfit(var refusal) -> Answers.refuse(exchange, refusal);
            case Seen.Wanted wanted -> route(exchange, principal, wanted, body);
        }
    }

    private void route(Exchange exchange, Principal principal, Seen.Wanted wanted, Buffer body) {
        var snapshot = endpoints.current();
        var model = snapshot.find(wanted.model());
        if (model.isEmpty()) {
            Answers.refuse(exchange, ModelRefusals.unknown(wanted.model(), snapshot, principal));
            return;
        }
        exchange.routed(model.get().name(), wanted.stream());
        if (!principal.mayUse(wanted.model(), exchange.model())) {
            Answers.refuse(exchange, ModelRefusals.forbidden(wanted.model(), principal));
        } else {
            send(exchange, inquiry(exchange, principal, wanted, model.get(), body));
        }
    }

    private static Inquiry inquiry(
            Exchange exchange,
            Principal principal,
            Seen.Wanted wanted,
            ServedModel model,
            Buffer body) {
        return new Inquiry(
                exchange.id(),
                exchange.idIsOurs(),
                principal,
                wanted.model(),
                model.name(),
                exchange.path(),
                body,
                Estimate.ofBytes(wanted.promptBytes()),
                TraceParent.of(exchange.request().getHeader("traceparent")),
                exchange.cancellation());
    }

    private void send(Exchange exchange, Inquiry inquiry) {
        dispatcher.send(inquiry).onSuccess(dispatched -> sent(exchange, inquiry, dispatched));
    }

    private void sent(Exchange exchange, Inquiry inquiry, Optional<Dispatched> dispatched) {
        if (dispatched.isEmpty()) {
            Answers.refuse(exchange, ModelRefusals.notReady(inquiry.model()));
            return;
        }
        var call = dispatched.get().call();
        exchange.sentTo(call.endpoint().id(), call.number());
        if (!Fallback.guard(exchange, () -> relay.pass(exchange, call, dispatched.get().reply()))) {
            call.ended(Outcome.unanswered(End.BROKEN));
        }
    }
}
