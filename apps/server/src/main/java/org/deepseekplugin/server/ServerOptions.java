package org.deepseekplugin.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.server.config.AgentSettings;
import org.deepseekplugin.server.config.ServerConfig;

/// What the command line says; it wins over configuration files.
///
/// @param configs later ones lie over earlier ones; without any, `deepseek.yaml` in the data
///   directory is read if it is there
public record ServerOptions(
        Optional<Path> dataDir,
        List<Path> configs,
        Optional<String> listen,
        Optional<Integer> port,
        Optional<Integer> tlsPort,
        Optional<Integer> agentPort,
        Optional<Path> bundleDir,
        Optional<Path> weightsDir,
        boolean watchStdin) {

    public ServerOptions {
        configs = List.copyOf(configs);
    }

    /// The files to read.
    List<Path> files() {
        var usual = folder().resolve("deepseek.yaml");
        return configs.isEmpty() && Files.exists(usual) ? List.of(usual) : configs;
    }

    /// What the flags make of the configuration.
    ServerConfig over(ServerConfig file) {
        var agents = file.agents();
        return new ServerConfig(
                dataDir.orElse(file.dataDir()),
                listen.orElse(file.listen()),
                port.orElse(file.port()),
                tlsPort.orElse(file.tlsPort()),
                agentPort.orElse(file.agentPort()),
                file.advertiseUrl(),
                file.allowedHosts(),
                file.certificateLifetime(),
                file.store(),
                file.aliases(),
                file.gateway(),
                new AgentSettings(
                        agents.heartbeat(),
                        agents.deadAfter(),
                        agents.bootDeadline(),
                        agents.certificateLifetime(),
                        agents.certificateGrace(),
                        bundleDir.or(agents::bundleDir),
                        weightsDir.or(agents::weightsDir)),
                file.clouds());
    }

    private Path folder() {
        return dataDir.orElse(Path.of(System.getProperty("user.home"), ".deepseek"));
    }

    /// Free ports, nothing configured: for tests.
    static ServerOptions onFreePorts(Path dataDir, Path... configs) {
        return new ServerOptions(
                Optional.of(dataDir),
                List.of(configs),
                Optional.empty(),
                Optional.of(0),
                Optional.of(0),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// The same with another port for agents: for tests that start a server again.
    ServerOptions withAgentPort(int another) {
        return new ServerOptions(
                dataDir,
                configs,
                listen,
                port,
                tlsPort,
                Optional.of(another),
                bundleDir,
                weightsDir,
                watchStdin);
    }
}
