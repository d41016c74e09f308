package org.deepseekplugin.cli.up;

import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.artifacts.Artifact;
import org.deepseekplugin.platform.artifacts.ArtifactFetcher;
import org.deepseekplugin.platform.artifacts.FetchSettings;

/// What must be on the disk before anything starts: weights for the control plane's mirror.
/// Verified once; later starts only look.
final class Provisions {
    private final DataDir dataDir;
    private final Steps steps;

    Provisions(DataDir dataDir, Steps steps) {
        this.dataDir = dataDir;
        this.steps = steps;
    }

    /// @throws org.deepseekplugin.platform.errors.PlatformException naming every source that was
    ///   tried, and the remedy
    void fetchWeights(List<Artifact> weights, Map<String, String> environment) {
        try (var fetcher =
                new ArtifactFetcher(FetchSettings.from(environment), dataDir.temporary())) {
            for (var artifact : weights) {
                try (var progress = steps.fetch(artifact.name())) {
                    fetcher.fetch(artifact, dataDir.weights().resolve(artifact.sha256()), progress);
                }
            }
        }
    }
}
