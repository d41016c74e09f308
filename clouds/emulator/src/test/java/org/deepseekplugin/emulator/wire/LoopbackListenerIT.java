package org.deepseekplugin.emulator.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoopbackListenerIT {
    private Vertx vertx;
    private LoopbackListener listener;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        WireApi echo = request -> WireAnswer.text(200, request.body());
        listener = LoopbackListener.open(vertx, 0, echo, Duration.ofMillis(300));
    }

    @AfterEach
    void stop() {
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_request_that_takes_too_long_to_come_is_hung_up_on() throws IOException {
        assertThat(send(head(10) + "half")).isEmpty();
    }

    @Test
    void a_client_may_wait_between_its_requests() throws IOException {
        assertThat(send(head(4) + "ABCD" + head(4) + "EFGH")).contains("ABCD", "EFGH");
    }

    private String head(int length) {
        return "POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n"
                .formatted(listener.port(), length);
    }

    /// What comes until the server hangs up, or for a second.
    private String send(String bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", listener.port())) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            var all = new StringBuilder();
            try {
                for (int next = socket.getInputStream().read(); next >= 0; ) {
                    all.append((char) next);
                    next = socket.getInputStream().read();
                }
            } catch (java.net.SocketTimeoutException open) {
                all.append(" (still open)");
            }
            return all.toString();
        }
    }
}
