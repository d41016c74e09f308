package org.deepseekplugin.platform.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ConnectionDeadlinesIT {
    private static final Duration FIRST_HEAD = Duration.ofMillis(400);
    private static final Duration IDLE = Duration.ofMillis(300);

    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        vertx = EventLoops.create(1);
        server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setHost("127.0.0.1")
                                        .setPort(0)
                                        .setHttp2ClearTextEnabled(false))
                        .requestHandler(this::answer);
        ConnectionDeadlines.set(vertx, server, FIRST_HEAD, IDLE);
        server.listen().await(10, TimeUnit.SECONDS);
    }

    /// `/slow` takes five times as long as a connection may be idle.
    private void answer(HttpServerRequest request) {
        if (request.path().equals("/slow")) {
            vertx.setTimer(5 * IDLE.toMillis(), late -> request.response().end("slow"));
        } else {
            request.response().end("quick");
        }
    }

    @AfterEach
    void stop() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_connection_that_says_nothing_is_closed() throws Exception {
        try (var socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
        try (var socket = connect()) {
            long began = System.nanoTime();
            try {
                for (var b :
                        "GET / HTTP/1.1\r\nX: ".concat("x".repeat(10_000)).getBytes(US_ASCII)) {
                    socket.getOutputStream().write(b);
                    LockSupport.parkNanos(1_000_000);
                }
                assertThat(socket.getInputStream().read()).as("never closed").isEqualTo(-1);
            } catch (SocketException closed) {
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isGreaterThanOrEqualTo(FIRST_HEAD);
            }
        }
    }

    @Test
    void a_connection_that_is_silent_after_an_answer_is_closed() throws Exception {
        try (var socket = connect()) {
            ask(socket, "/quick");
            assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("quick");
        }
    }

    @Test
    void a_connection_that_is_used_stays() throws Exception {
        try (var socket = connect()) {
            for (int i = 0; i < 8; i++) {
                ask(socket, "/quick");
                LockSupport.parkNanos(IDLE.toNanos() / 2);
            }
            assertThat(rest(socket).split("quick", -1)).hasSize(9);
        }
    }

    @Test
    void an_answer_may_take_as_long_as_it_takes() throws Exception {
        try (var socket = connect()) {
            ask(socket, "/slow");
            assertThat(rest(socket)).endsWith("slow");
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII));
    }

    /// Until the server closes.
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
}
