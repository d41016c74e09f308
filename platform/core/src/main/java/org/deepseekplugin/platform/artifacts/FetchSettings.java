package org.deepseekplugin.platform.artifacts;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What fetching depends on beyond the lock entry.
///
/// @param huggingFace where addresses of the hub are sent instead: `HF_ENDPOINT`
/// @param pip the command that downloads wheels
/// @param npm the command that downloads npm packages
public record FetchSettings(
        Optional<URI> huggingFace, Optional<Mirror> mirror, List<String> pip, List<String> npm) {
    private static final String HUB = "https://huggingface.co/";

    public static FetchSettings from(Map<String, String> environment) {
        return new FetchSettings(
                Optional.ofNullable(environment.get("HF_ENDPOINT")).map(URI::create),
                Optional.empty(),
                List.of("python3", "-m", "pip"),
                List.of("npm"));
    }

    public FetchSettings with(Mirror server) {
        return new FetchSettings(huggingFace, Optional.of(server), pip, npm);
    }

    URI redirect(URI uri) {
        var text = uri.toString();
        return huggingFace.isPresent() && text.startsWith(HUB)
                ? slashed(huggingFace.get()).resolve(text.substring(HUB.length()))
                : uri;
    }

    private static URI slashed(URI base) {
        return base.toString().endsWith("/") ? base : URI.create(base + "/");
    }
}
