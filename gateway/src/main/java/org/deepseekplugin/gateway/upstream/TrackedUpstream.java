package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;
import org.deepseekplugin.gateway.routing.Ejections;
import org.deepseekplugin.gateway.routing.Load;

/// Tells routing how endpoints fare: calls in flight, failures and successes.
public final class TrackedUpstream implements Upstream {
    private final Upstream next;
    private final Load load;
    private final Ejections ejections;

    public TrackedUpstream(Upstream next, Load load, Ejections ejections) {
        this.next = next;
        this.load = load;
        this.ejections = ejections;
    }

    @Override
    public Future<Reply> send(Call call) {
        var endpoint = call.endpoint().id();
        load.started(endpoint);
        call.whenEnded(outcome -> ended(endpoint, outcome));
        return next.send(call).onSuccess(reply -> judge(endpoint, reply));
    }

    private void ended(String endpoint, Outcome outcome) {
        load.ended(endpoint);
        if (outcome.brokeInside()) {
            ejections.failed(endpoint);
        }
    }

    private void judge(String endpoint, Reply reply) {
        switch (reply) {
            case Reply.Answering answering -> judge(endpoint, answering.status());
            case Reply.Answered answered -> judge(endpoint, answered.status());
            case Reply.Failed failed -> {
                switch (failed.reason()) {
                    case UNREACHABLE, BROKEN, TIMEOUT, NOT_ACTIVE_YET -> ejections.failed(endpoint);
                    case UNACCOUNTABLE, CANCELLED -> {}
                }
            }
        }
    }

    private void judge(String endpoint, int status) {
        if (Retries.isElsewhereWorthATry(status)) {
            ejections.failed(endpoint);
        } else {
            ejections.succeeded(endpoint);
        }
    }
}
