package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;
import java.time.Clock;
import org.deepseekplugin.gateway.ledger.Attempt;
import org.deepseekplugin.gateway.ledger.LedgerSink;
import org.deepseekplugin.gateway.ledger.Observed;

/// Writes each call into the ledger before it is sent and when it has ended. What cannot be
/// accounted for is not sent.
public final class RecordedUpstream implements Upstream {
    private final Upstream next;
    private final LedgerSink ledger;
    private final Clock clock;

    public RecordedUpstream(Upstream next, LedgerSink ledger, Clock clock) {
        this.next = next;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Future<Reply> send(Call call) {
        if (!ledger.opened(attempt(call))) {
            return Future.succeededFuture(
                    new Reply.Failed(Reply.Reason.UNACCOUNTABLE, "the ledger's queue is full"));
        }
        call.whenPassing(completion -> ledger.passed(call.id(), completion));
        call.whenEnded(outcome -> ledger.closed(observed(call, outcome)));
        return next.send(call);
    }

    private Attempt attempt(Call call) {
        var inquiry = call.inquiry();
        return new Attempt(
                call.id(),
                inquiry.id(),
                call.number(),
                inquiry.principal().project(),
                inquiry.principal().keyId(),
                inquiry.asked(),
                inquiry.model(),
                call.endpoint().id(),
                inquiry.promptEstimate(),
                clock.instant());
    }

    private Observed observed(Call call, Outcome outcome) {
        return new Observed(
                call.id(),
                outcome.status(),
                outcome.end(),
                outcome.tokens(),
                outcome.stated(),
                clock.instant());
    }
}
