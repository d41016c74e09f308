package org.deepseekplugin.agent.usage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepseekplugin.protocol.UsageRecord;

/// The usage logs of all replicas that ever ran here and are not yet told: a folder each, with the
/// file that the engine appends to and, where that grew, older ones.
///
/// Engines open their file anew for each record, so renaming it makes them begin another. A renamed
/// file is deleted when all of it is acknowledged and it rested for a while, in which a writer that
/// had already opened it has long finished. One thread; [#current] from any.
public final class UsageLogs {
    private static final String CURRENT = "current.jsonl";
    private static final long LIMIT = 4 << 20;
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofHours(1);

    private final Path folder;
    private final Clock clock;

    public UsageLogs(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Where the engine of a replica appends. Makes nothing.
    public Path current(String replica) {
        return folder.resolve(replica).resolve(CURRENT);
    }

    /// Deletes the folders of replicas that are gone and whose records are all told.
    ///
    /// @param inUse replicas whose engine may append at any moment
    public void deleteEmpty(Set<String> inUse) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var replicas = Files.newDirectoryStream(folder)) {
            for (Path replica : replicas) {
                if (!inUse.contains(replica.getFileName().toString())) {
                    deleteIfEmpty(replica);
                }
            }
        }
    }

    private static void deleteIfEmpty(Path replica) throws IOException {
        try {
            Files.delete(replica);
        } catch (DirectoryNotEmptyException e) {
            // its records are on their way still
        }
    }

    /// @param ends for each file that was read, the position after it
    record Batch(List<UsageRecord> records, Map<UsageFile, Long> ends) {
        void acknowledge() throws IOException {
            for (var end : ends.entrySet()) {
                end.getKey().acknowledge(end.getValue());
            }
        }
    }

    Batch read(int limit) throws IOException {
        var records = new ArrayList<UsageRecord>();
        var ends = new HashMap<UsageFile, Long>();
        for (UsageFile file : files()) {
            long end = records.size() < limit ? file.read(records, limit) : 0;
            if (end > file.acknowledged()) {
                ends.put(file, end);
            }
        }
        return new Batch(records, ends);
    }

    /// Renames what grew or was not used for long; deletes what is done with.
    void tidy() throws IOException {
        for (UsageFile file : files()) {
            var age = age(file);
            if (!file.path().endsWith(CURRENT)) {
                if (file.finished() && age.compareTo(REST) > 0) {
                    file.delete();
                }
            } else if (Files.size(file.path()) > LIMIT
                    || (file.finished() && age.compareTo(IDLE) > 0)) {
                file.rename(file.path().resolveSibling(clock.millis() + ".jsonl"));
            }
        }
    }

    private Duration age(UsageFile file) throws IOException {
        return Duration.between(
                Files.getLastModifiedTime(file.path()).toInstant(), clock.instant());
    }

    /// Oldest first within a replica: digits sort before `current`.
    private List<UsageFile> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder, 2)) {
            return all.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .map(UsageFile::new)
                    .toList();
        }
    }
}
