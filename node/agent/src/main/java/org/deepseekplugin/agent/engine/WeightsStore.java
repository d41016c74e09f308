package org.deepseekplugin.agent.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.deepseekplugin.platform.artifacts.Artifact;
import org.deepseekplugin.platform.artifacts.ArtifactFetcher;
import org.deepseekplugin.platform.artifacts.FetchSettings;
import org.deepseekplugin.platform.artifacts.Progress;
import org.deepseekplugin.protocol.WeightsFile;

/// The node's weights, by checksum: `<folder>/<sha256>/<name>`. One pull at a time, since they
/// share one network and one disk.
///
/// What no engine holds stays for the next one that wants it: until its room is needed, the longest
/// unused first, or nobody wanted it for a week. Thread-safe.
public final class WeightsStore {
    private final Path folder;
    private final FetchSettings settings;
    private final UnusedWeights unused;
    private final ReentrantLock changing = new ReentrantLock();

    public WeightsStore(Path folder, FetchSettings settings, Clock clock) {
        this(folder, settings, new UnusedWeights(folder, clock, UnusedWeights::free));
    }

    WeightsStore(Path folder, FetchSettings settings, UnusedWeights unused) {
        this.folder = folder;
        this.settings = settings;
        this.unused = unused;
    }

    /// From now on until it is closed these files are not deleted.
    UnusedWeights.Hold hold(List<WeightsFile> files) {
        return unused.hold(files.stream().map(WeightsFile::sha256).toList());
    }

    /// Blocks until all files are there and verified; see [ArtifactFetcher#fetch] for how it fails.
    /// To be called with a [#hold] of them.
    List<Path> pull(List<WeightsFile> files, Progress progress) throws InterruptedException {
        changing.lockInterruptibly();
        try (var fetcher = new ArtifactFetcher(settings, downloads())) {
            var paths = new ArrayList<Path>();
            for (WeightsFile file : files) {
                var artifact = artifact(file); // refuses what is no name and no checksum
                var target = folder.resolve(artifact.sha256()).resolve(artifact.name());
                if (!Files.exists(target)) {
                    unused.makeRoom(artifact.size());
                }
                fetcher.fetch(artifact, target, progress);
                paths.add(target);
            }
            return paths;
        } finally {
            changing.unlock();
        }
    }

    /// Deletes what nobody wanted for long, and what a pull left behind that was killed.
    void tidy() throws IOException {
        if (changing.tryLock()) {
            try {
                Folders.delete(downloads());
                unused.deleteOld();
            } finally {
                changing.unlock();
            }
        }
    }

    /// Packages, while members are taken out of them.
    private Path downloads() {
        return folder.resolve("packages");
    }

    private static Artifact artifact(WeightsFile file) {
        return new Artifact(
                file.name(), file.size(), file.sha256(), file.licence(), file.sources());
    }
}
