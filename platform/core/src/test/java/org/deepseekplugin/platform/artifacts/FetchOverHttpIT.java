package org.deepseekplugin.platform.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.platform.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From web servers on loopback: a hub that sends on to another server, as Hugging Face does, and
/// the one that has the bytes.
@Timeout(60)
final class FetchOverHttpIT {
    private static final String ADDRESS = "https://huggingface.co/x/resolve/main/weights.gguf";
    private static final int HALF = 500_000;

    private final byte[] content = new byte[1_000_000];

    @TempDir Path folder;
    private WebServer hub;
    private WebServer store;
    private Path target;

    @BeforeEach
    void serve() throws Exception {
        new Random(7).nextBytes(content);
        store = new WebServer(WebServer.file(content));
        hub = new WebServer(WebServer.redirect(302, store.url("localhost") + "blob?signed=1"));
        target = folder.resolve("weights.gguf");
    }

    @AfterEach
    void stop() {
        hub.close();
        store.close();
    }

    @Test
    void what_was_fetched_before_a_crash_is_not_fetched_again() throws Exception {
        Files.write(part(), Arrays.copyOf(content, HALF));

        fetch();

        assertThat(target).hasBinaryContent(content);
        assertThat(hub.asked.getFirst().getFirst("Range")).isEqualTo("bytes=500000-");
        assertThat(store.asked).hasSize(1);
        assertThat(store.asked.getFirst().getFirst("Range")).isEqualTo("bytes=500000-");
    }

    @Test
    void a_connection_that_breaks_is_taken_up_where_it_broke() throws Exception {
        store.behave(exchange -> {
            store.behave(WebServer.file(content));
            WebServer.broken(content, HALF).answer(exchange);
        });

        fetch();

        assertThat(target).hasBinaryContent(content);
        assertThat(store.asked).hasSize(2);
        assertThat(store.asked.get(1).getFirst("Range")).isEqualTo("bytes=500000-");
    }

    @Test
    void a_server_that_knows_no_ranges_begins_anew() throws Exception {
        Files.write(part(), Arrays.copyOf(content, HALF));
        store.behave(WebServer.withoutRange(content));

        fetch();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void more_than_the_server_has_is_thrown_away() throws Exception {
        Files.write(part(), new byte[999_999]);
        store.behave(exchange -> {
            store.behave(WebServer.file(content));
            WebServer.status(416).answer(exchange);
        });

        fetch();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void the_token_goes_to_the_hub_and_not_to_where_the_hub_sends_us() {
        fetch();

        assertThat(hub.asked.getFirst().getFirst("Authorization")).isEqualTo("Bearer hf_secret");
        assertThat(store.asked).hasSize(1);
        assertThat(store.asked.getFirst()).doesNotContainKey("Authorization");
    }

    @Test
    void the_token_goes_along_within_the_hub() {
        hub.behave(exchange -> {
            if (exchange.getRequestURI().getPath().startsWith("/x/")) {
                WebServer.redirect(307, "/cache/weights").answer(exchange);
            } else {
                WebServer.file(content).answer(exchange);
            }
        });

        fetch();

        assertThat(hub.asked).hasSize(2);
        assertThat(hub.asked.get(1).getFirst("Authorization")).isEqualTo("Bearer hf_secret");
    }

    @Test
    void a_circle_ends() {
        hub.behave(WebServer.redirect(302, hub.url("127.0.0.1") + "again"));

        assertThatThrownBy(this::fetch).hasMessageContaining("redirected more than 5 times");
    }

    @Test
    void a_redirect_to_something_else_is_not_followed() {
        hub.behave(WebServer.redirect(302, "file:/etc/passwd"));

        assertThatThrownBy(this::fetch)
                .hasMessageContaining("redirected to file, which is not followed");
    }

    @Test
    void a_refusal_says_how_a_token_is_given() {
        hub.behave(WebServer.status(401));

        assertThatThrownBy(this::fetch)
                .hasMessageContaining("HTTP 401; weights that need a token take HF_TOKEN");
    }

    @Test
    void the_proxy_of_the_environment_is_asked_for_hosts_that_are_not_near() throws Exception {
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var environment = Map.of("HTTPS_PROXY", "127.0.0.1:" + proxy.getLocalPort());
            var said = CompletableFuture.supplyAsync(() -> firstLine(proxy));

            assertThatThrownBy(() ->
                            fetch(FetchSettings.from(environment), "https://weights.example/file"))
                    .hasMessageContaining("https://weights.example/file");

            assertThat(said.get(10, TimeUnit.SECONDS))
                    .isEqualTo("CONNECT weights.example:443 HTTP/1.1");
        }
    }

    private static String firstLine(ServerSocket proxy) {
        try (var client = proxy.accept();
                var lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
            return lines.readLine();
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private void fetch() {
        var endpoint = Optional.of(URI.create(hub.url("127.0.0.1")));
        var settings =
                new FetchSettings(
                        new Hub(endpoint, Optional.of(new Secret("hf_secret"))),
                        Proxies.NONE,
                        Optional.empty(),
                        List.of(),
                        List.of());
        fetch(settings, ADDRESS);
    }

    private void fetch(FetchSettings settings, String source) {
        var artifact =
                new Artifact(
                        "weights.gguf", content.length, sha256(content), "MIT", List.of(source));
        try (var fetcher = new ArtifactFetcher(settings, folder.resolve("tmp"))) {
            fetcher.fetch(artifact, target, Progress.NONE);
        }
    }

    private Path part() {
        return target.resolveSibling("weights.gguf.part");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
