package org.deepseekplugin.agent.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineSpec;

/// Our engine over llama.cpp: `EngineMain` of `node/engines/host`.
///
/// @param program what starts it: the bundle's `bin/engine`
/// @param natives the folder with its native libraries
public record LlamaLauncher(List<String> program, Path natives) implements EngineLauncher {
    private static final Set<String> OPTIONS =
            Set.of(
                    "slots",
                    "context-tokens",
                    "threads",
                    "queue",
                    "max-body-bytes",
                    "chat-template",
                    "temperature",
                    "frequency-penalty");

    @Override
    public String name() {
        return "llama";
    }

    @Override
    public EngineCommand command(EngineSpec spec, List<Path> weights, EngineFolder folder) {
        var argv = new ArrayList<>(program);
        argv.addAll(List.of("--engine", name()));
        argv.addAll(List.of("--weights", weights.getFirst().toString()));
        argv.addAll(List.of("--natives", natives.toString()));
        argv.addAll(List.of("--model", spec.model()));
        argv.addAll(List.of("--replica", spec.replica()));
        argv.addAll(List.of("--listen", "127.0.0.1:0"));
        argv.addAll(List.of("--usage-log", folder.usage().toString()));
        argv.addAll(List.of("--port-file", folder.port().toString()));
        argv.add("--watch-stdin");
        spec.options().forEach((name, value) -> argv.addAll(option(name, value)));
        return new EngineCommand(
                argv,
                Map.of(),
                new EngineCommand.Probes("/health", "/engine/stats", "/engine/drain"));
    }

    private static List<String> option(String name, String value) {
        if (!OPTIONS.contains(name)) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "The llama engine has no option \""
                            + name
                            + "\"; there is "
                            + String.join(", ", OPTIONS.stream().sorted().toList())
                            + "."
                            + Nearest.hint(name, OPTIONS));
        }
        return List.of("--" + name, value);
    }
}
