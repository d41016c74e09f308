package org.deepseekplugin.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.time.Backoff;

/// A program that is kept running: started again, after a pause that grows, when it ends without
/// having been told to. Its output goes to a log file.
final class Child implements AutoCloseable {
    private static final long LOG_LIMIT = 32L << 20;
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(30);

    private final Supplier<Program> program;
    private final Path log;
    private final Duration patience;
    private final Backoff backoff;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final long logBegin;
    private final CompletableFuture<Integer> firstExit = new CompletableFuture<>();
    private final Thread keeper;
    private volatile Process process;

    private Child(Supplier<Program> program, Path log, Duration patience, Backoff backoff) {
        this.program = program;
        this.log = log;
        this.logBegin = begin(log);
        this.patience = patience;
        this.backoff = backoff;
        this.process = launch(program.get(), log);
        this.keeper = Thread.ofVirtual().name("keeper").unstarted(this::keep);
    }

    /// @param program asked again at each start, so that arguments may follow what changed
    ///   meanwhile
    /// @param patience how long it may take to end when told to
    static Child start(Supplier<Program> program, Path log, Duration patience, Backoff backoff) {
        var child = new Child(program, log, patience, backoff);
        child.keeper.start();
        return child;
    }

    /// Done when the program ended for the first time by itself: before it was ever ready, that is
    /// a failure to report.
    CompletableFuture<Integer> firstExit() {
        return firstExit;
    }

    long pid() {
        return process.pid();
    }

    /// The last lines of its log, none of which is older than this child.
    List<String> lastWords(int lines) {
        try (var channel = FileChannel.open(log)) {
            channel.position(Math.min(logBegin, channel.size()));
            var list = Channels.newReader(channel, UTF_8).readAllLines();
            return list.subList(Math.max(0, list.size() - lines), list.size());
        } catch (IOException e) {
            return List.of("cannot read " + log + ": " + e.getMessage());
        }
    }

    private static long begin(Path file) {
        long size = file.toFile().length();
        // one that is too large is put aside before the start
        return size > LOG_LIMIT ? 0 : size;
    }

    private void keep() {
        try {
            for (int failures = 1; stop.getCount() > 0; failures++) {
                boolean soon = process.waitFor(HEALTHY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                firstExit.complete(process.waitFor());
                failures = soon ? failures : 1;
                if (stop.await(backoff.after(failures).toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void restart() {
        if (stop.getCount() > 0) {
            process = launch(program.get(), log);
        }
    }

    private static Process launch(Program program, Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return new ProcessBuilder(program.commandLine())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL,
                    "Cannot start the " + program.name() + ": " + e.getMessage(),
                    e);
        }
    }

    /// Asks it to end by closing its input, insists after its patience, and waits until it is gone.
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            stop.countDown();
            last = process;
        }
        try {
            last.getOutputStream().close();
            if (!last.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                last.destroyForcibly().waitFor();
            }
            keeper.join();
        } catch (IOException e) {
            last.destroyForcibly();
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
