package org.deepseekplugin.gateway.api.relay;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.deepseekplugin.gateway.api.errors.ErrorBody;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.gateway.api.exchange.Answers;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.gateway.upstream.Call;
import org.deepseekplugin.gateway.upstream.IdleDeadline;
import org.deepseekplugin.gateway.upstream.Outcome;
import org.deepseekplugin.gateway.upstream.Reply;
import org.deepseekplugin.gateway.usage.UsageScan;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Passes a streaming answer on byte for byte, no faster than the client reads. A stream that
/// breaks ends with an error event that follows a whole event. Lives on one event loop.
final class StreamRelay {
    /// HTTP/2's code; over HTTP/1.1 the connection is closed.
    private static final long INTERNAL_ERROR = 2;

    private static final String EVENT_STREAM = "text/event-stream";

    /// What may wait for a reader before its engine is held back, besides what the kernel takes: a
    /// hundred tokens, so that two thousand slow readers cost tens of megabytes.
    private static final int MAX_WAITING = 16 * 1024;

    /// So many events may pass before the ledger hears of them: what a crash may cost of a stream
    /// whose engine does not keep count itself.
    private static final int EVENTS_PER_NOTE = 256;

    private final Vertx vertx;
    private final StreamDeadlines deadlines;
    private final Exchange exchange;
    private final Call call;
    private final Reply.Answering answer;
    private final boolean events;
    private final boolean untilClose;
    private final EventFraming framing = new EventFraming();
    private final UsageScan usage;
    private final IdleDeadline idle;
    private long reading = -1;
    private int noted;
    private boolean over;

    StreamRelay(
            Vertx vertx,
            StreamDeadlines deadlines,
            Exchange exchange,
            Call call,
            Reply.Answering answer) {
        this.vertx = vertx;
        this.deadlines = deadlines;
        this.exchange = exchange;
        this.call = call;
        this.answer = answer;
        this.events = isEventStream(answer);
        this.untilClose = isUntilClose(exchange, answer);
        this.usage = new UsageScan(events);
        this.idle =
                new IdleDeadline(
                        vertx,
                        deadlines.replica(),
                        () -> broken("sent nothing for " + deadlines.replica().toSeconds() + " s"));
    }

    private static boolean isEventStream(Reply.Answering answer) {
        var type = answer.headers().get(HttpHeaders.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }

    /// HTTP/1.0 has no chunks: what has no length ends with its connection.
    private static boolean isUntilClose(Exchange exchange, Reply.Answering answer) {
        return exchange.request().version() == HttpVersion.HTTP_1_0
                && !answer.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    void start() {
        if (Answers.gone(exchange)) {
            clientGone();
            return;
        }
        exchange.cancellation().onCancel(this::clientGone);
        Answers.head(exchange, answer.status(), answer.headers());
        if (!answer.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            exchange.response().setChunked(true);
        }
        exchange.response().setWriteQueueMaxSize(MAX_WAITING);
        answer.body().exceptionHandler(cause -> broken("broke off: " + cause.getMessage()));
        answer.body().endHandler(end -> whole());
        answer.body().handler(this::pass);
        answer.body().resume();
    }

    private void pass(Buffer piece) {
        if (over) {
            return;
        }
        idle.touch();
        exchange.answering();
        usage.see(piece);
        note();
        var ready = events ? framing.complete(piece) : piece;
        if (ready.length() > 0) {
            write(ready);
        }
    }

    private void note() {
        if (usage.events() - noted >= EVENTS_PER_NOTE) {
            noted = usage.events();
            call.passing(noted);
        }
    }

    private void write(Buffer bytes) {
        var response = exchange.response();
        response.write(bytes).onComplete(sent -> {});
        if (response.writeQueueFull()) {
            answer.body().pause();
            idle.suspended(true);
            vertx.cancelTimer(reading);
            reading = vertx.setTimer(deadlines.reader().toMillis(), late -> unread());
            response.drainHandler(drained -> goOn());
        }
    }

    private void goOn() {
        vertx.cancelTimer(reading);
        if (!over) {
            idle.suspended(false);
            answer.body().resume();
        }
    }

    /// The client's connection is there, but nobody reads from it. Closing it tells all the rest.
    private void unread() {
        exchange.response().reset().onComplete(gone -> {});
        clientGone();
    }

    private void whole() {
        if (finish(End.WHOLE)) {
            end(framing.rest());
        }
    }

    private void end(Buffer last) {
        exchange.response()
                .end(last)
                .onComplete(sent -> {
                    if (untilClose) {
                        exchange.request().connection().close().onComplete(closed -> {});
                    }
                });
    }

    private void broken(String how) {
        if (!finish(End.BROKEN)) {
            return;
        }
        answer.reset().run();
        exchange.brokeOff();
        if (events) {
            end(errorEvent(how));
        } else {
            exchange.response().reset(INTERNAL_ERROR).onComplete(sent -> {});
        }
    }

    private Buffer errorEvent(String how) {
        var refusal =
                Refusal.of(
                        ErrorCode.UPSTREAM_FAILED,
                        "The answer of replica \"" + exchange.endpoint() + "\" " + how);
        var json = new String(ErrorBody.of(refusal, exchange.id()), StandardCharsets.UTF_8);
        return Buffer.buffer("data: " + json + "\n\ndata: [DONE]\n\n");
    }

    private void clientGone() {
        if (finish(End.CLIENT_GONE)) {
            answer.reset().run();
        }
    }

    /// @return false when it was over before
    private boolean finish(End end) {
        if (over) {
            return false;
        }
        over = true;
        idle.stop();
        vertx.cancelTimer(reading);
        exchange.cancellation().done();
        @Nullable Tokens stated = usage.stated();
        var tokens = stated == null ? new Tokens(0, 0, usage.events()) : stated;
        exchange.used(tokens);
        call.ended(new Outcome(answer.status(), end, tokens, stated != null));
        return true;
    }
}
