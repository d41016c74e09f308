package org.deepseekplugin.agent.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// One run of an engine. Its standard input is a pipe from the agent: it ends when the agent does,
/// however that happens.
final class EngineProcess {
    private static final long LOG_LIMIT = 4 << 20;
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);

    private final Process process;
    private final EngineFolder folder;

    private EngineProcess(Process process, EngineFolder folder) {
        this.process = process;
        this.folder = folder;
    }

    /// @param ended runs when the process does
    static EngineProcess start(EngineCommand command, EngineFolder folder, Runnable ended)
            throws IOException {
        Files.createDirectories(folder.root());
        Files.deleteIfExists(folder.port());
        Files.createDirectories(folder.usage().resolveSibling(""));
        if (!Files.exists(folder.usage())) {
            Files.createFile(folder.usage()); // a folder that is not empty is not tidied away
        }
        var builder = new ProcessBuilder(command.argv()).directory(folder.root().toFile());
        builder.environment().putAll(command.env());
        var process = builder.redirectErrorStream(true).start();
        var _ = process.onExit().thenRun(ended);
        var output = new RotatingLog(folder.log(), LOG_LIMIT);
        // reading a pipe would hold a virtual thread's carrier
        Thread.ofPlatform()
                .name("engine-log")
                .daemon()
                .start(() -> output.copy(process.getInputStream()));
        return new EngineProcess(process, folder);
    }

    static RotatingLog log(EngineFolder folder) {
        return new RotatingLog(folder.log(), LOG_LIMIT);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// `exit code 1`, or the signal that ended it.
    String ending() {
        int code = process.exitValue();
        return code > 128 ? "signal " + (code - 128) : "exit code " + code;
    }

    /// Empty until the engine listens.
    OptionalInt port() {
        try {
            return Files.exists(folder.port())
                    ? OptionalInt.of(Integer.parseInt(Files.readString(folder.port()).strip()))
                    : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty(); // half written; the next look sees it whole
        }
    }

    /// TERM, then KILL. Returns when it has ended.
    void stop(Duration grace) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
