package org.deepseekplugin.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.SqliteDatabase;
import org.deepseekplugin.server.keys.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Starting, failing to start, and starting again.
class StartIT {
    @TempDir Path dataDir;

    @ParameterizedTest
    @ValueSource(strings = {"client.json", "ca-key.pem", "store.db", "store.db-wal"})
    void what_is_secret_is_for_its_owner_only(String file) throws IOException {
        Files.setPosixFilePermissions(dataDir, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var server = LiveServer.start(dataDir)) {
            assertThat(server.get("/api/v1/status").status()).isEqualTo(200);
            var mode = Files.getPosixFilePermissions(dataDir.resolve(file));
            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
        }
    }

    @Test
    void a_restart_keeps_keys_and_identity() throws IOException {
        String admin;
        String viewer;
        String installation;
        try (var server = LiveServer.start(dataDir)) {
            admin = server.admin();
            viewer = server.newKey(Role.VIEWER);
            installation = server.get("/api/v1/status").text("/installation");
            assertThat(dataDir.resolve("run/server.json")).exists();
        }
        assertThat(dataDir.resolve("run/server.json")).doesNotExist();
        try (var server = LiveServer.start(dataDir)) {
            assertThat(server.admin()).isEqualTo(admin);
            var status = server.ask("GET", "/api/v1/status").key(viewer).send();
            assertThat(status.text("/installation")).isEqualTo(installation);
        }
    }

    @Test
    void a_lost_client_file_is_written_with_another_key() throws IOException {
        String lost;
        try (var server = LiveServer.start(dataDir)) {
            lost = server.admin();
        }
        Files.writeString(dataDir.resolve("client.json"), "{");
        try (var server = LiveServer.start(dataDir)) {
            assertThat(server.get("/api/v1/keys").status()).isEqualTo(200);
            var before = server.ask("GET", "/api/v1/keys").key(lost).send();
            assertThat(before.status()).isEqualTo(401);
        }
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused() throws IOException {
        try (var server = LiveServer.start(dataDir)) {
            refused(() -> LiveServer.start(dataDir))
                    .hasMessageContaining(dataDir.toString())
                    .hasMessageContaining("deepseek down")
                    .hasMessageContaining("--data-dir");
            assertThat(server.get("/api/v1/status").status()).isEqualTo(200);
        }
    }

    @Test
    void a_data_directory_that_is_none_is_named_with_a_remedy() throws IOException {
        var file = Files.writeString(dataDir.resolve("file"), "");
        refused(() -> LiveServer.start(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data-dir");
    }

    @Test
    void a_configuration_that_is_missing_is_named() {
        var file = dataDir.resolve("none.yaml");
        refused(() -> LiveServer.start(dataDir, Clock.systemUTC(), file))
                .hasMessageContaining(file.toString());
    }

    @Test
    @Timeout(60)
    void a_stop_ends_streams() throws IOException {
        var server = LiveServer.start(dataDir);
        var ask = server.ask("GET", "/api/v1/events?follow=true").key(server.admin());
        try (var stream = ask.open()) {
            assertThat(stream.getInputStream().read()).isEqualTo('H');
            server.close();
            assertThat(new String(stream.getInputStream().readAllBytes(), UTF_8))
                    .contains("200 OK");
        }
    }

    @Test
    void a_store_of_a_newer_version_is_refused() {
        try (var database = SqliteDatabase.open(dataDir.resolve("store.db"))) {
            database.run(transaction ->
                    transaction.execute(
                            "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success) values (999, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, 1)"));
        }
        refused(() -> LiveServer.start(dataDir)).hasMessageContaining("newer version");
    }

    @Test
    void a_busy_port_is_named_with_its_flag_and_leaves_nothing_behind() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int busy = taken.getLocalPort();
            refused(() -> Server.start(onPorts(busy, 0, 0), Clock.systemUTC()))
                    .hasMessageContaining("127.0.0.1:" + busy)
                    .hasMessageContaining("--port ");
            refused(() -> Server.start(onPorts(0, busy, 0), Clock.systemUTC()))
                    .hasMessageContaining("--tls-port ");
            refused(() -> Server.start(onPorts(0, 0, busy), Clock.systemUTC()))
                    .hasMessageContaining("--agent-port ");
        }
        LiveServer.start(dataDir).close();
    }

    @Test
    void everything_wrong_with_the_configuration_is_told_at_once() throws IOException {
        var file =
                Files.writeString(
                        dataDir.resolve("bad.yaml"),
                        """
                        prot: 8000
                        tls-port: 99999
                        gateway:
                          idle-timeout: soon
                        clouds:
                          asw: {enabled: true}
                          aws: {enabled: perhaps, regoins: us-west-2}
                        """);
        refused(() -> LiveServer.start(dataDir, Clock.systemUTC(), file))
                .hasMessageContaining("has 6 problems")
                .hasMessageContaining("line 1: prot")
                .hasMessageContaining("line 2: tls-port")
                .hasMessageContaining("line 4: gateway.idle-timeout")
                .hasMessageContaining("line 6: clouds.asw")
                .hasMessageContaining("line 7: clouds.aws.enabled")
                .hasMessageContaining("line 7: clouds.aws.regoins")
                .hasMessageContaining("Did you mean \"regions\"?");
        assertThat(dataDir.resolve("store.db")).doesNotExist();
    }

    @Test
    void a_key_is_kept_as_its_hash_only() throws IOException {
        String secret;
        try (var server = LiveServer.start(dataDir)) {
            var body = "{\"name\": \"whisper\"}";
            secret =
                    server.ask("POST", "/api/v1/keys")
                            .key(server.admin())
                            .with("Idempotency-Key", "whisper-1")
                            .body(body)
                            .send()
                            .text("/key");
            assertThat(server.get("/api/v1/keys").body())
                    .contains("whisper")
                    .doesNotContain(secret);
        }
        assertThat(secret).startsWith("sk-");
        try (var files = Files.walk(dataDir)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var bytes = new String(Files.readAllBytes(file), UTF_8);
                assertThat(bytes.contains(secret)).as(file.toString()).isFalse();
            }
        }
    }

    @Test
    void ports_that_were_picked_are_taken_again() throws IOException {
        var first = portsOfAStart();
        assertThat(portsOfAStart()).isEqualTo(first).doesNotContain(0);
    }

    @Test
    void a_picked_port_that_was_taken_meanwhile_is_replaced() throws IOException {
        var first = portsOfAStart();
        try (var _ = new ServerSocket(first.get(2), 1, InetAddress.getLoopbackAddress())) {
            var second = portsOfAStart();
            assertThat(second.subList(0, 2)).isEqualTo(first.subList(0, 2));
            assertThat(second.get(2)).isNotEqualTo(first.get(2));
        }
    }

    @Test
    void whom_to_trust_is_for_everybody() throws IOException {
        LiveServer.start(dataDir).close();
        var mode = Files.getPosixFilePermissions(dataDir.resolve("ca.pem"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-r--r--");
    }

    private List<Integer> portsOfAStart() throws IOException {
        try (var server = LiveServer.start(dataDir)) {
            var running = server.running();
            return List.of(running.port(), running.tlsPort(), running.agentPort());
        }
    }

    private ServerOptions onPorts(int port, int tlsPort, int agentPort) {
        return new ServerOptions(
                Optional.of(dataDir),
                List.of(),
                Optional.empty(),
                Optional.of(port),
                Optional.of(tlsPort),
                Optional.of(agentPort),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
            ThrowingCallable start) {
        return assertThatThrownBy(start).isInstanceOf(PlatformException.class);
    }
}
