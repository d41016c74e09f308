package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Waits for the whole of a short answer, so that one that breaks can still be asked for elsewhere.
/// Streams and long answers pass as they are.
public final class BufferingUpstream implements Upstream {
    /// Answers up to this size are held; a completion of 8,000 tokens has about 40 KB.
    private static final int MAX_BYTES = 1024 * 1024;

    private final Upstream next;
    private final Vertx vertx;
    private final Duration idle;

    public BufferingUpstream(Upstream next, Vertx vertx, Duration idle) {
        this.next = next;
        this.vertx = vertx;
        this.idle = idle;
    }

    @Override
    public Future<Reply> send(Call call) {
        return next.send(call)
                .compose(reply ->
                        reply instanceof Reply.Answering answering && isShort(answering)
                                ? collect(answering, call)
                                : Future.succeededFuture(reply));
    }

    /// Errors are always waited for: they are short, and clients need their words.
    private static boolean isShort(Reply.Answering answering) {
        if (Reply.isNoAnswer(answering.status())) {
            return true;
        }
        @Nullable String length = answering.headers().get(HttpHeaders.CONTENT_LENGTH);
        return length != null
                && length.length() <= 7
                && length.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && Integer.parseInt(length) <= MAX_BYTES;
    }

    private Future<Reply> collect(Reply.Answering answering, Call call) {
        var collecting = new Collecting(answering);
        var deadline =
                new IdleDeadline(
                        vertx,
                        idle,
                        () -> collecting.giveUp(Reply.Reason.TIMEOUT, "the answer stalled"));
        call.inquiry()
                .cancellation()
                .onCancel(() -> collecting.giveUp(Reply.Reason.CANCELLED, "client gone"));
        return collecting.start(deadline).onComplete(done -> deadline.stop());
    }

    private static final class Collecting {
        private final Reply.Answering answering;
        private final Promise<Reply> whole = Promise.promise();
        private Buffer bytes = Buffer.buffer();
        private int pieces;

        Collecting(Reply.Answering answering) {
            this.answering = answering;
        }

        Future<Reply> start(IdleDeadline deadline) {
            var body = answering.body();
            body.exceptionHandler(
                    broken -> giveUp(Reply.Reason.BROKEN, "broke inside the answer: " + broken));
            body.handler(piece -> {
                deadline.touch();
                add(piece);
            });
            body.endHandler(end ->
                    whole.tryComplete(
                            new Reply.Answered(answering.status(), answering.headers(), bytes)));
            body.resume();
            return whole.future();
        }

        /// Most answers come in one piece, which is then kept as it is.
        private void add(Buffer piece) {
            if (bytes.length() + piece.length() > MAX_BYTES) {
                giveUp(Reply.Reason.BROKEN, "the answer is too long to hold");
                return;
            }
            if (pieces == 1) {
                bytes = bytes.copy();
            }
            bytes = pieces == 0 ? piece : bytes.appendBuffer(piece);
            pieces++;
        }

        /// The reason first: a reset makes the exchange fail, too.
        private void giveUp(Reply.Reason reason, String detail) {
            whole.tryComplete(new Reply.Failed(reason, detail));
            answering.reset().run();
        }
    }
}
