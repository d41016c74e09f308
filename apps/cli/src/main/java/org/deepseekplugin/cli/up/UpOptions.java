package org.deepseekplugin.cli.up;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// Flags of `up`.
final class UpOptions {
    static final String DETACHED = "--detached";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${env:DEEPSEEK_DATA_DIR:-${sys:user.home}/.deepseek}",
            description = "Where everything is kept (default: ~/.deepseek).")
    Path dataDir = Path.of(".");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration (default: deepseek.yaml in the data directory, if there is one).")
    List<Path> config = List.of();

    @Option(
            names = "--no-demo",
            description = "No emulated clouds, no demo service: only what the configuration says.")
    boolean noDemo;

    @Option(names = "--detach", description = "Return when ready; `deepseek down` ends it.")
    boolean detach;

    @Option(names = DETACHED, hidden = true, description = "What `--detach` starts.")
    boolean detached;

    @Option(
            names = {"-y", "--yes"},
            description = "Answer every question with yes.")
    boolean yes;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description =
                    "Plaintext port on loopback; 0 takes the last one or a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            defaultValue = "8443",
            description =
                    "TLS port; 0 takes the last one or a free one (default: ${DEFAULT-VALUE}).")
    int tlsPort;

    @Option(
            names = "--agent-port",
            paramLabel = "PORT",
            defaultValue = "8444",
            description =
                    "Port for agents; 0 takes the last one or a free one (default: ${DEFAULT-VALUE}).")
    int agentPort;
}
