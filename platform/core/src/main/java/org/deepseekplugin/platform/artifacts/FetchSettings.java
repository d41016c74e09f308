package org.deepseekplugin.platform.artifacts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What fetching depends on beyond the lock entry.
///
/// @param pip the command that downloads wheels
/// @param npm the command that downloads npm packages
public record FetchSettings(
        Hub hub, Proxies proxies, Optional<Mirror> mirror, List<String> pip, List<String> npm) {

    /// As the environment says it to other programs, too: [Hub], [Proxies].
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException `invalid_config` when a proxy's
    ///   address is none
    public static FetchSettings from(Map<String, String> environment) {
        return new FetchSettings(
                Hub.from(environment),
                Proxies.from(environment),
                Optional.empty(),
                List.of("python3", "-m", "pip"),
                List.of("npm"));
    }

    public FetchSettings with(Mirror server) {
        return new FetchSettings(hub, proxies, Optional.of(server), pip, npm);
    }

    Web web() {
        return new Web(Optional.empty(), proxies, hub);
    }
}
