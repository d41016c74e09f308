package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running process group, led by `guard.sh`. We hold the pipe that keeps it alive: when we close
/// it, or die in whatever way, the group ends. Thread-safe.
final class Guard {
    /// What the guard gets on top of the grace before its group is killed from outside.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Process process;
    private final Duration grace;
    private final AtomicBoolean halting = new AtomicBoolean();

    private Guard(Process process, Duration grace) {
        this.process = process;
        this.grace = grace;
    }

    /// @param environment all that the group sees
    /// @param grace what a power-off leaves the processes to end by themselves
    /// @param failed called once if the group's leader ends without [#halt] or [#kill]
    static Guard start(
            Path script,
            MachineFolder folder,
            Map<String, String> environment,
            Duration grace,
            Runnable failed)
            throws IOException {
        var command = new ArrayList<>(newSession());
        command.addAll(List.of("/bin/sh", script.toString()));
        command.add(folder.userData().toString());
        command.add(folder.console().toString());
        command.add(Long.toString(grace.toSeconds()));
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(folder.disk().toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.console().toFile()));
        var guard = new Guard(builder.start(), grace);
        Files.writeString(folder.guard(), GroupId.of(guard.process.toHandle()).text());
        var _ = guard.process.onExit().thenRun(() -> guard.exited(failed));
        return guard;
    }

    long group() {
        return process.pid();
    }

    /// Powers off: asks the processes to end, then kills them. Done when the leader has ended.
    CompletableFuture<Void> halt() {
        return end("");
    }

    /// Kills everything at once. Done when the leader has ended.
    CompletableFuture<Void> kill() {
        return end("kill\n");
    }

    private CompletableFuture<Void> end(String command) {
        halting.set(true);
        try (var pipe = process.getOutputStream()) {
            pipe.write(command.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // the pipe is broken because the guard is dead or dying, which is what we want
            process.destroyForcibly();
        }
        return process.onExit()
                .orTimeout(grace.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)
                .handle((exit, late) -> {
                    if (late != null) {
                        Kill.group(process.pid());
                    }
                    return null;
                });
    }

    private void exited(Runnable failed) {
        if (halting.compareAndSet(false, true)) {
            Kill.group(process.pid());
            failed.run();
        }
    }

    /// `setsid` is on every Linux; Perl does the same on macOS.
    private static List<String> newSession() {
        boolean hasSetsid = Files.exists(Path.of("/usr/bin/setsid"));
        return hasSetsid || Files.exists(Path.of("/bin/setsid"))
                ? List.of("setsid")
                : List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");
    }
}
