package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import org.deepseekplugin.server.Ask;
import org.deepseekplugin.server.Await;
import org.deepseekplugin.server.LiveServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events, as a list and as a stream.
class EventsIT {
    private static final int MOST_READERS = 64;

    @TempDir static Path folder;

    private static LiveServer server;

    @BeforeAll
    static void start() throws IOException {
        server = LiveServer.start(folder);
        deploy("first");
        deploy("second");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_list_goes_on_after_what_the_caller_knows() {
        assertThat(server.get("/api/v1/events?after=0&limit=1").text("/events/0/seq"))
                .isEqualTo("1");
        assertThat(server.get("/api/v1/events?after=1&limit=1").text("/events/0/seq"))
                .isEqualTo("2");
        assertThat(server.get("/api/v1/events?after=999").json().get("events")).isEmpty();
    }

    @Test
    void who_knows_nothing_is_told_the_newest_oldest_of_them_first() {
        var all = server.get("/api/v1/events?after=0").json().get("events");
        var newest = server.get("/api/v1/events?limit=2").json().get("events");
        assertThat(newest.valueStream())
                .containsExactly(all.get(all.size() - 2), all.get(all.size() - 1));
    }

    @Test
    void a_stream_tells_what_was_and_what_comes() throws IOException {
        try (var stream = follow("&after=1")) {
            var lines = lines(stream);
            assertThat(first(lines, "id: ")).isEqualTo("id: 2");
            deploy("third");
            assertThat(first(lines, "id: ")).isEqualTo("id: 3");
            assertThat(first(lines, "event: ")).isEqualTo("event: service.created");
            assertThat(first(lines, "data: ")).contains("third serves");
        }
    }

    @Test
    void a_browser_that_comes_back_goes_on_where_it_was() throws IOException {
        var again = ask("").with("Last-Event-ID", "1");
        try (var stream = again.open()) {
            assertThat(first(lines(stream), "id: ")).isEqualTo("id: 2");
        }
    }

    @Test
    void there_is_a_limit_to_readers_and_one_who_leaves_makes_room() throws Exception {
        var streams = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MOST_READERS; i++) {
                streams.add(follow("&after=999"));
                assertThat(status(streams.getLast())).contains(" 200 ");
            }
            var refused = ask("&after=999").send();
            assertThat(refused.code()).isEqualTo("overloaded");
            assertThat(refused.detail()).contains("64 readers");
            assertThat(refused.header("retry-after")).isNotEmpty();

            streams.removeLast().close();

            Await.until(
                    "there is a place",
                    () -> {
                        streams.add(follow("&after=999"));
                        return status(streams.getLast()).contains(" 200 ");
                    });
        } finally {
            for (var stream : streams) {
                stream.close();
            }
        }
    }

    private static Ask ask(String more) {
        return server.ask("GET", "/api/v1/events?follow=true" + more).key(server.admin());
    }

    private static Socket follow(String more) throws IOException {
        return ask(more).open();
    }

    private static BufferedReader lines(Socket stream) throws IOException {
        return new BufferedReader(new InputStreamReader(stream.getInputStream(), UTF_8));
    }

    private static String status(Socket stream) throws IOException {
        return lines(stream).readLine();
    }

    /// The next line that begins so.
    private static String first(BufferedReader lines, String begin) throws IOException {
        var line = lines.readLine();
        while (line != null && !line.startsWith(begin)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    private static void deploy(String name) {
        var body = Examples.SERVICE.replace("chat", name);
        assertThat(server.post("/api/v1/services", body).status()).isEqualTo(201);
    }
}
