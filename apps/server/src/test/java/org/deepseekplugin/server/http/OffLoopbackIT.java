package org.deepseekplugin.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.store.SqliteDatabase;
import org.deepseekplugin.server.Answer;
import org.deepseekplugin.server.Ask;
import org.deepseekplugin.server.http.Edge.Mount;
import org.deepseekplugin.server.keys.Keys;
import org.deepseekplugin.server.keys.NewKey;
import org.deepseekplugin.server.keys.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The edge as somebody sees it whose address is not of loopback. Only that address is made up.
class OffLoopbackIT {
    private static final String KEY = ApiKey.generate(new SecureRandom()).reveal();

    @TempDir static Path folder;

    private static SqliteDatabase database;
    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void start() {
        database = SqliteDatabase.open(folder.resolve("store.db"));
        vertx = Vertx.vertx();
        Site page = (request, id) -> Health.text(request, id, 200, "here\n");
        var edge =
                new Edge(
                        new HostCheck(List.of()),
                        new BearerKeys(keys()),
                        List.of(
                                new Mount("/healthz", Health.alive(), true),
                                new Mount("/readyz", Health.ready(() -> false), true),
                                new Mount("/asks-itself", page, true),
                                new Mount("/page", page, false)),
                        () -> ThreadLocalRandom.current().nextLong());
        port =
                vertx.createHttpServer()
                        .requestHandler(request -> edge.handle(new FromAfar(request)))
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
    }

    private static Keys keys() {
        var keys = new Keys(database, Clock.systemUTC());
        var wanted = new NewKey("default", "far", Role.INFERENCE, List.of(), Optional.empty());
        var secret = new org.deepseekplugin.platform.security.Secret(KEY);
        keys.created(secret, database.write(tx -> keys.insert(tx, wanted, secret)));
        return keys;
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        database.close();
    }

    @Test
    void only_probes_are_open() {
        assertThat(get("/healthz").status()).isEqualTo(200);
        assertThat(get("/readyz").status()).isEqualTo(503);
        assertThat(get("/page").code()).isEqualTo("invalid_api_key");
        assertThat(get("/page").status()).isEqualTo(401);
    }

    @Test
    void what_is_there_is_not_told_without_a_key() {
        assertThat(get("/nowhere").status()).isEqualTo(401);
        assertThat(ask("/nowhere").key(KEY).send().status()).isEqualTo(404);
    }

    @Test
    void a_key_opens_pages() {
        assertThat(ask("/page").key(KEY).send().body()).isEqualTo("here\n");
        assertThat(get("/asks-itself").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer %s", "BEARER %s", "Bearer   %s "})
    void the_scheme_may_be_written_in_any_case(String header) {
        assertThat(with(header.formatted(KEY)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "Basic %s", "Bearer", "Bearer ", "Bearer %sx", "Bearer x%s"})
    void anything_else_is_no_key(String header) {
        assertThat(with(header.formatted(KEY)).status()).isEqualTo(401);
    }

    @Test
    void an_endless_key_is_not_even_looked_at() {
        assertThat(with("Bearer " + "x".repeat(4000)).status()).isEqualTo(401);
    }

    @Test
    void any_host_name_will_do_and_pages_of_others_too() {
        var answer =
                ask("/page")
                        .key(KEY)
                        .with("Host", "gateway.example")
                        .with("Origin", "https://app.example")
                        .send();
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Ask ask(String path) {
        return Ask.of(port, "GET", path);
    }

    private static Answer get(String path) {
        return ask(path).send();
    }

    private static Answer with(String authorization) {
        return ask("/page").with("Authorization", authorization).send();
    }

    private static final class FromAfar extends HttpServerRequestWrapper {
        FromAfar(HttpServerRequest request) {
            super((HttpServerRequestInternal) request);
        }

        @Override
        public SocketAddress remoteAddress() {
            return SocketAddress.inetSocketAddress(40_000, "203.0.113.7");
        }
    }
}
