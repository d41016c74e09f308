package org.deepseekplugin.agent.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows which weights are held, since when others are not, and deletes the latter. A folder's
/// modification time says when a hold last began or ended. Thread-safe.
final class UnusedWeights {
    private static final Logger log = LoggerFactory.getLogger(UnusedWeights.class);
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
    private static final Duration KEPT = Duration.ofDays(7);

    /// For engines' logs, usage and the system beside us.
    private static final long RESERVE = 256L << 20;

    private final Path folder;
    private final Clock clock;
    private final ToLongFunction<Path> free;
    private final Map<String, Integer> holds = new HashMap<>();

    /// @param free bytes on the disk of a folder
    UnusedWeights(Path folder, Clock clock, ToLongFunction<Path> free) {
        this.folder = folder;
        this.clock = clock;
        this.free = free;
    }

    /// Ends once, however often it is closed.
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Hold hold(List<String> checksums) {
        checksums.forEach(checksum -> {
            holds.merge(checksum, 1, Integer::sum);
            touch(checksum);
        });
        return new Hold() {
            private boolean ended;

            @Override
            public void close() {
                synchronized (UnusedWeights.this) {
                    if (!ended) {
                        ended = true;
                        checksums.forEach(UnusedWeights.this::release);
                    }
                }
            }
        };
    }

    private void release(String checksum) {
        holds.compute(checksum, (_, count) -> count == null || count == 1 ? null : count - 1);
        touch(checksum);
    }

    private void touch(String checksum) {
        var path = folder.resolve(checksum);
        if (CHECKSUM.matcher(checksum).matches() && Files.isDirectory(path)) {
            try {
                Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
            } catch (IOException e) {
                log.atDebug().setCause(e).log("cannot note when weights were used last");
            }
        }
    }

    /// Deletes the longest unused until there is room, or nothing unused is left: then the fetch
    /// says how much is missing.
    synchronized void makeRoom(long bytes) {
        for (var candidate : unheld()) {
            if (free.applyAsLong(folder) >= bytes + RESERVE) {
                return;
            }
            delete(candidate, "its room is needed");
        }
    }

    synchronized void deleteOld() {
        var oldest = clock.instant().minus(KEPT);
        unheld().stream()
                .filter(candidate -> lastUse(candidate).isBefore(oldest))
                .forEach(candidate -> delete(candidate, "nobody wanted it for " + KEPT));
    }

    private List<Path> unheld() {
        return Folders.in(folder).stream()
                .filter(path -> CHECKSUM.matcher(path.getFileName().toString()).matches())
                .filter(path -> !holds.containsKey(path.getFileName().toString()))
                .sorted(Comparator.comparing(UnusedWeights::lastUse))
                .toList();
    }

    private static Instant lastUse(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    private static void delete(Path path, String why) {
        log.atInfo().addKeyValue("weights", path).addKeyValue("reason", why).log("weights deleted");
        try {
            Folders.delete(path);
        } catch (IOException e) {
            log.atWarn().addKeyValue("weights", path).setCause(e).log("weights cannot be deleted");
        }
    }

    static long free(Path folder) {
        try {
            return Files.getFileStore(Files.createDirectories(folder)).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see how full the disk is", e);
        }
    }
}
