package org.deepseekplugin.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.server.keys.Role;
import org.deepseekplugin.server.state.RunFile;

/// A real server in this JVM, on free ports, with a data directory of its own.
public final class LiveServer implements AutoCloseable {
    private final Path dataDir;
    private final Server server;
    private final String admin;

    private LiveServer(Path dataDir, Server server) throws IOException {
        this.dataDir = dataDir;
        this.server = server;
        var client = Json.tree(Files.readAllBytes(dataDir.resolve("client.json")));
        admin = client.get("api_key").asString();
    }

    public static LiveServer start(Path dataDir) throws IOException {
        return start(dataDir, Clock.systemUTC());
    }

    public static LiveServer start(Path dataDir, Clock clock, Path... configs) throws IOException {
        return new LiveServer(
                dataDir, Server.start(ServerOptions.onFreePorts(dataDir, configs), clock));
    }

    public Path dataDir() {
        return dataDir;
    }

    public RunFile.Content running() {
        return server.running();
    }

    /// The key of `client.json`.
    public String admin() {
        return admin;
    }

    public String newKey(Role role) {
        return newKey(
                "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(UUID.randomUUID(), role.word()));
    }

    public String newKey(String body) {
        return post("/api/v1/keys", body).text("/key");
    }

    /// Over the plaintext port, without a key.
    public Ask ask(String method, String target) {
        return Ask.of(running().port(), method, target);
    }

    public Answer get(String target) {
        return ask("GET", target).key(admin).send();
    }

    public Answer post(String target, String body) {
        return ask("POST", target).key(admin).body(body).send();
    }

    public Answer delete(String target) {
        return ask("DELETE", target).key(admin).send();
    }

    @Override
    public void close() {
        server.close();
    }
}
