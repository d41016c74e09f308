package org.deepseekplugin.agent.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.deepseekplugin.platform.artifacts.Artifact;
import org.deepseekplugin.platform.artifacts.ArtifactFetcher;
import org.deepseekplugin.platform.artifacts.FetchSettings;
import org.deepseekplugin.platform.artifacts.Progress;
import org.deepseekplugin.protocol.WeightsFile;

/// The node's weights, by checksum: `<folder>/<sha256>/<name>`. One pull at a time, since they
/// share one network and one disk. Thread-safe.
public final class WeightsStore {
    private final Path folder;
    private final FetchSettings settings;
    private final ReentrantLock pulling = new ReentrantLock();

    public WeightsStore(Path folder, FetchSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /// Blocks until all files are there and verified; see [ArtifactFetcher#fetch] for how it fails.
    List<Path> pull(List<WeightsFile> files, Progress progress) throws InterruptedException {
        pulling.lockInterruptibly();
        try (var fetcher = new ArtifactFetcher(settings, folder.resolve("packages"))) {
            var paths = new ArrayList<Path>();
            for (WeightsFile file : files) {
                var artifact = artifact(file); // refuses what is no name and no checksum
                var target = folder.resolve(artifact.sha256()).resolve(artifact.name());
                fetcher.fetch(artifact, target, progress);
                paths.add(target);
            }
            return paths;
        } finally {
            pulling.unlock();
        }
    }

    private static Artifact artifact(WeightsFile file) {
        return new Artifact(
                file.name(), file.size(), file.sha256(), file.licence(), file.sources());
    }
}
