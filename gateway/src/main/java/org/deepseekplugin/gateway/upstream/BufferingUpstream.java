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
        if (answering.status() >= 400) {
            return true;
        }
        @Nullable String length = answering.headers().get(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.length() <= 7 && Integer.parseInt(length) <= MAX_BYTES;
    }

    private Future<Reply> collect(Reply.Answering answering, Call call) {
        Promise<Reply> whole = Promise.promise();
        var body = new Collected();
        var deadline =
                new IdleDeadline(
                        vertx,
                        idle,
                        () -> {
                            answering.reset().run();
                            whole.tryComplete(
                                    new Reply.Failed(Reply.Reason.TIMEOUT, "the answer stalled"));
                        });
        call.inquiry()
                .cancellation()
                .onCancel(() -> {
                    answering.reset().run();
                    whole.tryComplete(new Reply.Failed(Reply.Reason.CANCELLED, "client gone"));
                });
        answering
                .body()
                .exceptionHandler(broken -> {
                    whole.tryComplete(
                            new Reply.Failed(
                                    Reply.Reason.BROKEN, "broke inside the answer: " + broken));
                });
        answering
                .body()
                .handler(piece -> {
                    deadline.touch();
                    if (!body.add(piece)) {
                        answering.reset().run();
                        whole.tryComplete(
                                new Reply.Failed(
                                        Reply.Reason.BROKEN, "the answer is too long to hold"));
                    }
                });
        answering
                .body()
                .endHandler(end -> {
                    whole.tryComplete(
                            new Reply.Answered(
                                    answering.status(), answering.headers(), body.bytes));
                });
        answering.body().resume();
        return whole.future().onComplete(done -> deadline.stop());
    }

    /// Most answers come in one piece, which is then kept as it is.
    private static final class Collected {
        private Buffer bytes = Buffer.buffer();
        private int pieces;

        boolean add(Buffer piece) {
            if (bytes.length() + piece.length() > MAX_BYTES) {
                return false;
            }
            if (pieces == 1) {
                bytes = bytes.copy();
            }
            bytes = pieces == 0 ? piece : bytes.appendBuffer(piece);
            pieces++;
            return true;
        }
    }
}
