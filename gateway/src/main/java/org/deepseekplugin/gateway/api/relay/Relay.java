package org.deepseekplugin.gateway.api.relay;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.api.exchange.Answers;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.gateway.upstream.Call;
import org.deepseekplugin.gateway.upstream.Dispatcher;
import org.deepseekplugin.gateway.upstream.Outcome;
import org.deepseekplugin.gateway.upstream.Reply;
import org.deepseekplugin.gateway.usage.Estimate;
import org.deepseekplugin.gateway.usage.UsageField;

/// Passes on what came of a call, and ends the call.
public final class Relay {
    private final Vertx vertx;
    private final StreamDeadlines deadlines;

    public Relay(Vertx vertx, StreamDeadlines deadlines) {
        this.vertx = vertx;
        this.deadlines = deadlines;
    }

    public void pass(Exchange exchange, Call call, Reply reply) {
        switch (reply) {
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

    /// An error in pieces, or too long to be one of ours, is told in our words.
    private void stream(Exchange exchange, Call call, Reply.Answering answering) {
        if (Reply.isNoAnswer(answering.status())) {
            answering.reset().run();
            call.ended(Outcome.refused(answering.status()));
            Answers.refuse(exchange, ErrorRelay.inOurWords(exchange, answering.status()));
        } else {
            new StreamRelay(vertx, deadlines, exchange, call, answering).start();
        }
    }

    private static void account(Exchange exchange, Call call, Reply.Answered answered) {
        if (Reply.isNoAnswer(answered.status())) {
            call.ended(Outcome.refused(answered.status()));
            return;
        }
        var usage = UsageField.in(answered.body());
        var tokens = usage.orElseGet(() -> estimate(answered.body()));
        exchange.used(tokens);
        call.ended(Outcome.whole(answered.status(), tokens, usage.isPresent()));
    }

    private static Tokens estimate(Buffer answer) {
        return new Tokens(0, 0, Estimate.ofBytes(answer.length()));
    }

    private static void whole(Exchange exchange, Reply.Answered answered) {
        if (Reply.isNoAnswer(answered.status())) {
            ErrorRelay.answer(exchange, answered.status(), answered.headers(), answered.body());
        } else {
            Answers.whole(exchange, answered.status(), answered.headers(), answered.body());
        }
    }
}
