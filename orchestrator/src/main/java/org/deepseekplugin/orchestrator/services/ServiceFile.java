package org.deepseekplugin.orchestrator.services;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.deepseekplugin.platform.config.ConfigCheck;
import org.deepseekplugin.platform.config.ConfigFiles;
import org.deepseekplugin.platform.config.ConfigProblem;
import org.deepseekplugin.platform.config.ConfigSource;
import org.deepseekplugin.platform.config.Loaded;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Reads a service's description, in YAML or JSON, keys in kebab-case or snake_case.
public final class ServiceFile {

    /// @param name what problems call the text: the file as the person named it
    /// @throws PlatformException `invalid_config` with every problem and its line
    public static ServiceSpec parse(String name, String text) {
        var loaded =
                ConfigFiles.parse(
                        ServiceSpec.class, List.of(new ConfigSource(name, text)), ConfigCheck.NONE);
        return switch (loaded) {
            case Loaded.Good<ServiceSpec>(var spec) -> spec;
            case Loaded.Bad<ServiceSpec>(var problems) ->
                    throw new PlatformException(
                            ErrorCode.INVALID_CONFIG,
                            problems.stream().map(ConfigProblem::toString).collect(joining("\n")));
        };
    }

    private ServiceFile() {}
}
