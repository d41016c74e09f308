package org.deepseekplugin.cli.up;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.bundle.BundleBuilder;
import org.deepseekplugin.bundle.Natives;
import org.deepseekplugin.bundle.Platform;
import org.deepseekplugin.orchestrator.services.ModelCatalog;
import org.deepseekplugin.platform.artifacts.Artifact;
import org.deepseekplugin.platform.artifacts.ArtifactFetcher;
import org.deepseekplugin.platform.artifacts.FetchSettings;
import org.deepseekplugin.protocol.WeightsFile;

/// What must be on the disk before anything starts: weights for the control plane's mirror,
/// natives, and the bundle that machines download. Verified once; later starts only look.
///
/// @param environment of the process; `HF_ENDPOINT` counts
public record Provisions(Steps steps, Path temporary, Map<String, String> environment) {

    /// Into `<folder>/<sha256>`.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException naming every source that was
    ///   tried, and the remedy
    public void weights(Path folder) {
        for (var artifact : bundledWeights()) {
            fetch(artifact.name(), Map.of(artifact, folder.resolve(artifact.sha256())));
        }
    }

    /// Into `<folder>/<name>`, for tests and tools.
    public void namedWeights(Path folder) {
        for (var artifact : bundledWeights()) {
            fetch(artifact.name(), Map.of(artifact, folder.resolve(artifact.name())));
        }
    }

    /// The natives of this machine's platform, into the folder.
    public void natives(Path folder) {
        var targets = new LinkedHashMap<Artifact, Path>();
        for (var artifact : Natives.of(Platform.current())) {
            targets.put(artifact, folder.resolve(artifact.name()));
        }
        fetch(targets.size() + " libraries", targets);
    }

    void bundle(Distribution distribution, Path natives, Path folder) {
        var builder =
                new BundleBuilder(
                        distribution.nodeJars(),
                        natives,
                        folder,
                        distribution.version(),
                        Platform.current());
        if (!builder.isMade()) {
            steps.say("Making the bundle that machines download ...");
            builder.build();
        }
    }

    /// @param name of all of them together
    private void fetch(String name, Map<Artifact, Path> targets) {
        long size = targets.keySet().stream().mapToLong(Artifact::size).sum();
        try (var fetcher = fetcher();
                var fetch = steps.fetch(name, size)) {
            targets.forEach((artifact, target) -> {
                fetcher.fetch(artifact, target, fetch);
                fetch.done(artifact.size());
            });
        }
    }

    private ArtifactFetcher fetcher() {
        return new ArtifactFetcher(FetchSettings.from(environment), temporary);
    }

    private static List<Artifact> bundledWeights() {
        return ModelCatalog.bundled(Map.of()).models().stream()
                .flatMap(model -> model.weights().stream())
                .map(Provisions::artifact)
                .toList();
    }

    /// This machine is the mirror, so that source is left out.
    private static Artifact artifact(WeightsFile file) {
        var sources = file.sources().stream().filter(source -> !source.equals("mirror")).toList();
        return new Artifact(file.name(), file.size(), file.sha256(), file.licence(), sources);
    }
}
