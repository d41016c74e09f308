package org.deepseekplugin.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.repository.Repository;

/// `./deepseek up` in a process of its own, as a person runs it.
final class UpProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(4);
    private static final Pattern KEY = Pattern.compile("KEY=(sk-\\w+)");

    private final Path dataDir;
    private final Path output;
    private final Process process;

    private UpProcess(Path dataDir, Path output, Process process) {
        this.dataDir = dataDir;
        this.output = output;
        this.process = process;
    }

    /// Returns when it said that it is ready.
    static UpProcess start(Path dataDir, String... more) throws IOException {
        var output = dataDir.resolveSibling("up.out");
        var command = new ArrayList<>(List.of(launcher(), "up", "--data-dir=" + dataDir));
        command.addAll(List.of("--port=0", "--tls-port=0", "--agent-port=0"));
        command.addAll(List.of(more));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        var up = new UpProcess(dataDir, output, process);
        Until.holds("ready", READY, () -> up.isReady() || !process.isAlive(), up::said);
        if (!process.isAlive()) {
            throw new AssertionError("up ended: " + up.said());
        }
        return up;
    }

    static String launcher() {
        return Repository.root().resolve("deepseek").toString();
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    String url() {
        try {
            var client = Json.map(Files.readAllBytes(dataDir.resolve("client.json")));
            return String.valueOf(client.get("url"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The key for inference that it printed.
    String key() {
        var match = KEY.matcher(said());
        if (!match.find()) {
            throw new AssertionError("no key in: " + said());
        }
        return match.group(1);
    }

    long pid() {
        return process.pid();
    }

    /// Itself and everything below it: server, emulator, machines, agents, engines.
    List<ProcessHandle> family() {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        return all;
    }

    /// The one child whose command line names the main class.
    ProcessHandle child(String mainClass) {
        return process.children()
                .filter(child -> commandLine(child).contains(mainClass))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + mainClass + " runs"));
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    /// As a terminal's Ctrl-C does.
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new AssertionError("up did not end: " + said());
        }
    }

    private boolean isReady() {
        return said().contains("Ready.")
                && said().contains("ends everything.")
                && KEY.matcher(said()).find();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        var family = family();
        if (process.isAlive()) {
            interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
