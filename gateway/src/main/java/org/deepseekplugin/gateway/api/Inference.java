package org.deepseekplugin.gateway.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.api.Peek.Seen;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.gateway.upstream.Call;
import org.deepseekplugin.gateway.upstream.Dispatcher;
import org.deepseekplugin.gateway.upstream.Dispatcher.Dispatched;
import org.deepseekplugin.gateway.upstream.Inquiry;
import org.deepseekplugin.gateway.upstream.Outcome;
import org.deepseekplugin.gateway.upstream.Reply;
import org.deepseekplugin.gateway.usage.Estimate;
import org.deepseekplugin.gateway.usage.UsageField;

/// Answers a POST to a model: body, model, endpoint, relay.
final class Inference {
    private final Vertx vertx;
    private final BodyReader bodies;
    private final Peek peek;
    private final EndpointSource endpoints;
    private final Dispatcher dispatcher;
    private final StreamDeadlines deadlines;

    Inference(
            Vertx vertx,
            BodyReader bodies,
            Peek peek,
            EndpointSource endpoints,
            Dispatcher dispatcher,
            StreamDeadlines deadlines) {
        this.vertx = vertx;
        this.bodies = bodies;
        this.peek = peek;
        this.endpoints = endpoints;
        this.dispatcher = dispatcher;
        this.deadlines = deadlines;
    }

    void answer(Exchange exchange, Principal principal) {
        bodies.read(exchange.request)
                .onSuccess(body -> {
                    switch (body) {
                        case BodyReader.Body.Complete(var bytes) ->
                                understand(exchange, principal, bytes);
                        case BodyReader.Body.Refused(var refusal) -> turnAway(exchange, refusal);
                    }
                });
    }

    /// The rest of the body is still on its way: the connection cannot be used again.
    private void turnAway(Exchange exchange, Refusal refusal) {
        Discard.rest(vertx, exchange.request);
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
        var name = model.get().name();
        exchange.model = name;
        exchange.stream = wanted.stream();
        if (!principal.mayUse(wanted.model(), name)) {
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
                exchange.id,
                exchange.idIsOurs,
                principal,
                wanted.model(),
                model.name(),
                exchange.path,
                body,
                Estimate.ofBytes(wanted.promptBytes()),
                exchange.request.getHeader("traceparent"),
                exchange.cancellation);
    }

    private void send(Exchange exchange, Inquiry inquiry) {
        dispatcher
                .send(inquiry)
                .onSuccess(dispatched -> {
                    if (dispatched.isPresent()) {
                        relay(exchange, dispatched.get());
                    } else {
                        Answers.refuse(exchange, ModelRefusals.notReady(inquiry.model()));
                    }
                });
    }

    private void relay(Exchange exchange, Dispatched dispatched) {
        var call = dispatched.call();
        exchange.endpoint = call.endpoint().id();
        exchange.attempts = call.number();
        switch (dispatched.reply()) {
            case Reply.Answering answering -> stream(exchange, call, answering);
            case Reply.Answered answered -> {
                exchange.answering();
                account(exchange, call, answered);
                whole(exchange, answered);
            }
            case Reply.Failed failed -> {
                call.ended(Outcome.unanswered(Dispatcher.endOf(failed.reason())));
                Answers.refuse(exchange, ErrorRelay.of(exchange, failed));
            }
        }
    }

    private static void account(Exchange exchange, Call call, Reply.Answered answered) {
        if (answered.status() >= 400) {
            call.ended(Outcome.refused(answered.status()));
            return;
        }
        var usage = UsageField.in(answered.body());
        exchange.tokens = usage.orElseGet(() -> estimate(answered.body()));
        call.ended(Outcome.whole(answered.status(), exchange.tokens, usage.isPresent()));
    }

    private static Tokens estimate(Buffer answer) {
        return new Tokens(0, 0, Estimate.ofBytes(answer.length()));
    }

    /// An error in pieces, or too long to be one of ours, is told in our words.
    private void stream(Exchange exchange, Call call, Reply.Answering answering) {
        if (answering.status() >= 400) {
            answering.reset().run();
            call.ended(Outcome.refused(answering.status()));
            Answers.refuse(exchange, ErrorRelay.inOurWords(exchange, answering.status()));
        } else {
            new StreamRelay(vertx, deadlines, exchange, call, answering).start();
        }
    }

    private static void whole(Exchange exchange, Reply.Answered answered) {
        if (answered.status() >= 400) {
            ErrorRelay.answer(exchange, answered.status(), answered.headers(), answered.body());
        } else {
            Answers.whole(exchange, answered.status(), answered.headers(), answered.body());
        }
    }
}
