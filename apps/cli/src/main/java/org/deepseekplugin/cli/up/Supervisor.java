package org.deepseekplugin.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deepseekplugin.emulator.EmulatorMain;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.time.Backoff;
import org.deepseekplugin.server.ServerMain;
import tools.jackson.databind.JsonNode;

/// Keeps the emulator and the server running, each on its own: when one dies the other lives on.
final class Supervisor implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration EMULATOR_PATIENCE = Duration.ofSeconds(20);
    private static final Duration SERVER_PATIENCE = Duration.ofSeconds(40);

    private final DataDir dataDir;
    private final UpOptions options;
    private final Backoff backoff;
    private final Deque<Child> children = new ArrayDeque<>();

    Supervisor(DataDir dataDir, UpOptions options, RandomGenerator random) {
        this.dataDir = dataDir;
        this.options = options;
        this.backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), random);
    }

    /// Returns when the emulated clouds answer.
    Endpoints startEmulator() {
        var file = dataDir.emulatorEndpoints();
        forget(file);
        var emulator =
                new Program(
                        "emulator",
                        EmulatorMain.class.getName(),
                        "192m",
                        List.of("--data-dir", dataDir.emulator().toString()));
        var child = start(emulator, EMULATOR_PATIENCE);
        return Awaiting.until(
                "The emulator",
                child,
                START_DEADLINE,
                () -> present(file).map(ready -> Endpoints.read(file)));
    }

    /// Returns when the server answers, with what it wrote about its ports.
    JsonNode startServer(List<Path> config) {
        var file = dataDir.serverFile();
        forget(file);
        var arguments = new ArrayList<>(List.of("--data-dir", dataDir.root().toString()));
        config.forEach(one -> arguments.addAll(List.of("--config", one.toString())));
        arguments.addAll(List.of("--port", "" + options.port));
        arguments.addAll(List.of("--tls-port", "" + options.tlsPort));
        arguments.addAll(List.of("--agent-port", "" + options.agentPort));
        var child =
                start(
                        new Program("server", ServerMain.class.getName(), "768m", arguments),
                        SERVER_PATIENCE);
        return Awaiting.until(
                "The server", child, START_DEADLINE, () -> present(file).map(Supervisor::read));
    }

    private Child start(Program program, Duration patience) {
        var child = Child.start(() -> program, dataDir.log(program.name()), patience, backoff);
        children.push(child);
        return child;
    }

    private static Optional<Path> present(Path file) {
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    private static JsonNode read(Path file) {
        try {
            return Json.tree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// What an earlier run left behind must not be taken for readiness.
    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    /// Ends the children, the youngest first, and waits for them.
    @Override
    public void close() {
        while (!children.isEmpty()) {
            children.pop().close();
        }
    }
}
