package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.routing.Ejections;
import org.deepseekplugin.gateway.routing.Endpoint;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.routing.Load;
import org.deepseekplugin.gateway.routing.Router;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings an inquiry to an endpoint and, while the client has seen nothing, to another one if the
/// first fails.
public final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final EndpointSource endpoints;
    private final Load load;
    private final Ejections ejections;
    private final Upstream upstream;
    private final RetryBudget budget;
    private final int maxAttempts;
    private final RandomGenerator random;

    /// A call and what came of it. Whoever gets it must end the call.
    public record Dispatched(Call call, Reply reply) {}

    public Dispatcher(
            EndpointSource endpoints,
            Load load,
            Ejections ejections,
            Upstream upstream,
            RetryBudget budget,
            int maxAttempts,
            RandomGenerator random) {
        this.endpoints = endpoints;
        this.load = load;
        this.ejections = ejections;
        this.upstream = upstream;
        this.budget = budget;
        this.maxAttempts = maxAttempts;
        this.random = random;
    }

    /// Never fails; empty when no endpoint of the model is ready.
    public Future<Optional<Dispatched>> send(Inquiry inquiry) {
        Promise<Optional<Dispatched>> result = Promise.promise();
        budget.requested();
        attempt(inquiry, 1, Set.of(), Optional.empty(), result);
        return result.future();
    }

    /// @param last what to answer with if nothing else is left
    private void attempt(
            Inquiry inquiry,
            int number,
            Set<String> tried,
            Optional<Dispatched> last,
            Promise<Optional<Dispatched>> result) {
        var chosen = choose(inquiry.model(), tried);
        if (chosen.isEmpty()) {
            result.complete(last);
            return;
        }
        last.ifPresent(Dispatcher::giveUp);
        var call = new Call(CallId.of(inquiry, number, random), number, chosen.get(), inquiry);
        upstream.send(call)
                .onComplete(done -> {
                    var dispatched = new Dispatched(call, done.result());
                    if (shallRetry(dispatched, number)) {
                        logRetry(dispatched);
                        attempt(
                                inquiry,
                                number + 1,
                                plus(tried, call),
                                Optional.of(dispatched),
                                result);
                    } else {
                        result.complete(Optional.of(dispatched));
                    }
                });
    }

    /// From a fresh snapshot each time: what failed may be gone from it, and something new there.
    private Optional<Endpoint> choose(String model, Set<String> tried) {
        List<Endpoint> ready =
                endpoints.current().find(model).map(ServedModel::ready).orElse(List.of());
        return Router.choose(ready, tried, ejections::isEjected, load::inFlight, random);
    }

    private boolean shallRetry(Dispatched dispatched, int number) {
        return number < maxAttempts
                && Retries.canHelp(dispatched.reply())
                && !dispatched.call().inquiry().cancellation().cancelled()
                && budget.take();
    }

    /// The answer that a better one replaces.
    private static void giveUp(Dispatched dispatched) {
        switch (dispatched.reply()) {
            case Reply.Answering answering -> {
                answering.reset().run();
                dispatched.call().ended(Outcome.refused(answering.status()));
            }
            case Reply.Answered answered ->
                    dispatched.call().ended(Outcome.refused(answered.status()));
            case Reply.Failed failed ->
                    dispatched.call().ended(Outcome.unanswered(endOf(failed.reason())));
        }
    }

    /// How a call ended that was not answered.
    public static End endOf(Reply.Reason reason) {
        return switch (reason) {
            case UNREACHABLE, NOT_ACTIVE_YET, UNACCOUNTABLE -> End.NOT_REACHED;
            case BROKEN, TIMEOUT -> End.BROKEN;
            case CANCELLED -> End.CLIENT_GONE;
        };
    }

    private static Set<String> plus(Set<String> tried, Call call) {
        var more = new HashSet<>(tried);
        more.add(call.endpoint().id());
        return more;
    }

    private static void logRetry(Dispatched dispatched) {
        var reason =
                switch (dispatched.reply()) {
                    case Reply.Answering answering -> "status " + answering.status();
                    case Reply.Answered answered -> "status " + answered.status();
                    case Reply.Failed failed -> failed.reason() + ": " + failed.detail();
                };
        log.atInfo()
                .addKeyValue("request", dispatched.call().inquiry().id())
                .addKeyValue("endpoint", dispatched.call().endpoint().id())
                .addKeyValue("reason", reason)
                .log("call failed before its first byte, trying another endpoint");
    }
}
