package org.deepseekplugin.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.platform.json.Json;

/// `EmulatorMain` as a process of its own, to be killed.
final class EmulatorProcess implements AutoCloseable {
    final Process process;
    final Endpoints.Aws aws;
    final String firstLine;

    EmulatorProcess(Path dataDir, String... more) throws IOException {
        this(List.of(), dataDir, more);
    }

    /// @param prefix a program that becomes the emulator, such as `setpriv`
    EmulatorProcess(List<String> prefix, Path dataDir, String... more) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmulatorMain.class.getName()));
        command.addAll(List.of("--data-dir", dataDir.toString(), "--boot-delay", "1ms"));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command);
        builder.redirectError(dataDir.resolveSibling(dataDir.getFileName() + ".log").toFile());
        process = builder.start();
        firstLine = firstLine();
        aws =
                Json.read(Files.readAllBytes(dataDir.resolve("endpoints.json")), Endpoints.class)
                        .aws();
    }

    private String firstLine() throws IOException {
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        while (true) {
            var line = out.readLine();
            if (line == null || line.startsWith("ready")) {
                return String.valueOf(line);
            }
        }
    }

    /// `kill -9`.
    void kill() {
        process.destroyForcibly();
        await();
    }

    int await() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the emulator did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String console(String id) {
        return Http.send("GET", aws.control() + "/console?id=" + id, "").body();
    }

    String truth() {
        return Http.send("GET", aws.control() + "/truth", "").body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await();
    }
}
