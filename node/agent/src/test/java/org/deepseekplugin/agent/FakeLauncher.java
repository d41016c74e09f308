package org.deepseekplugin.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.agent.engine.EngineCommand;
import org.deepseekplugin.agent.engine.EngineFolder;
import org.deepseekplugin.agent.engine.EngineLauncher;
import org.deepseekplugin.protocol.EngineSpec;

/// Starts [FakeEngineMain].
///
/// @param name the engine it stands for
public record FakeLauncher(String name) implements EngineLauncher {

    @Override
    public EngineCommand command(EngineSpec spec, List<Path> weights, EngineFolder folder) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes =
                Path.of(
                                FakeEngineMain.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath())
                        .toString();
        return new EngineCommand(
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        classes,
                        FakeEngineMain.class.getName(),
                        "--replica",
                        spec.replica(),
                        "--usage-log",
                        folder.usage().toString(),
                        "--port-file",
                        folder.root().resolve("port").toString()),
                Map.of(),
                new EngineCommand.Probes("/health", "/engine/stats", "/engine/drain"));
    }
}
