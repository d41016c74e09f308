package org.deepseekplugin.emulator.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// Sends an answer, or spoils it, as its [Delivery] says. On the event loop.
final class Sending {
    private final Vertx vertx;
    private final HttpServerRequest request;

    Sending(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    void send(WireAnswer answer) {
        switch (answer.delivery()) {
            case Delivery.Whole() -> whole(answer);
            case Delivery.Late(var by) -> later(by, () -> whole(answer));
            case Delivery.Lost() -> hangUp();
            case Delivery.Hanging(var closesAfter) -> later(closesAfter, this::hangUp);
            case Delivery.Torn(var bytes) -> torn(answer, bytes);
        }
    }

    private void whole(WireAnswer answer) {
        if (!request.response().closed()) {
            head(answer);
            request.response().end(Buffer.buffer(answer.body()));
        }
    }

    private void torn(WireAnswer answer, int bytes) {
        head(answer);
        var body = Buffer.buffer(answer.body());
        int length = body.length();
        int kept = Math.min(bytes == 0 ? length / 2 : bytes, length);
        request.response()
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length))
                .write(body.slice(0, kept))
                .onComplete(written -> hangUp());
    }

    private void head(WireAnswer answer) {
        // the clients' SDKs correct their clocks by it
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        request.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.DATE, date)
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach(request.response()::putHeader);
    }

    private void hangUp() {
        request.connection().close();
    }

    private void later(Duration delay, Runnable work) {
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> work.run());
    }
}
