package org.deepseekplugin.agent.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder for each replica that ran here. One whose engine is gone is kept for a day, so that its
/// last words can be asked for; of many that came and went, the newest twenty.
public final class EngineFolders {
    private static final Logger log = LoggerFactory.getLogger(EngineFolders.class);
    private static final Pattern REPLICA = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST = 20;

    private final Path root;
    private final Function<String, Path> usage;
    private final Clock clock;

    /// @param usage where the engine of a replica appends its records
    public EngineFolders(Path root, Function<String, Path> usage, Clock clock) {
        this.root = root;
        this.usage = usage;
        this.clock = clock;
    }

    /// Makes nothing.
    ///
    /// @throws IllegalArgumentException when it is no name for a folder
    EngineFolder of(String replica) {
        if (!REPLICA.matcher(replica).matches()) {
            throw new IllegalArgumentException(
                    "replica \"" + replica + "\" is not of letters, digits and . _ -");
        }
        return new EngineFolder(root.resolve(replica), usage.apply(replica));
    }

    void tidy(Set<String> inUse) throws IOException {
        var oldest = clock.instant().minus(KEPT);
        var gone =
                Folders.in(root).stream()
                        .filter(folder -> !inUse.contains(folder.getFileName().toString()))
                        .sorted(Comparator.comparing(EngineFolders::lastUse).reversed())
                        .toList();
        for (int i = 0; i < gone.size(); i++) {
            if (i >= MOST || lastUse(gone.get(i)).isBefore(oldest)) {
                log.atInfo().addKeyValue("folder", gone.get(i)).log("old engine's folder deleted");
                Folders.delete(gone.get(i));
            }
        }
    }

    /// The log is written last.
    private static Instant lastUse(Path folder) {
        try {
            var file = new EngineFolder(folder, folder).log();
            return Files.getLastModifiedTime(Files.exists(file) ? file : folder).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }
}
