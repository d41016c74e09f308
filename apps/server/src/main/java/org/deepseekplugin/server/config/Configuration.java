package org.deepseekplugin.server.config;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.config.ConfigFiles;
import org.deepseekplugin.platform.config.ConfigProblem;
import org.deepseekplugin.platform.config.Loaded;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Reads the files, or says everything that is wrong with them.
public final class Configuration {

    /// @param files later ones lie over earlier ones
    /// @throws PlatformException `invalid_config`, one line a problem
    public static ServerConfig read(List<Path> files, DriverKeys drivers) {
        return switch (ConfigFiles.read(ServerConfig.class, files, drivers)) {
            case Loaded.Good<ServerConfig>(var config) -> config;
            case Loaded.Bad<ServerConfig>(var problems) -> throw broken(problems);
        };
    }

    private static PlatformException broken(List<ConfigProblem> problems) {
        return new PlatformException(
                ErrorCode.INVALID_CONFIG,
                "The configuration has %d problem%s; correct and start again:\n"
                                .formatted(problems.size(), problems.size() == 1 ? "" : "s")
                        + problems.stream().map(problem -> "  " + problem).collect(joining("\n")));
    }

    private Configuration() {}
}
