package org.deepseekplugin.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The flags of `ServerMain`.
@Command(
        name = "deepseek-server",
        mixinStandardHelpOptions = true,
        description = "The control plane and the gateway, in the foreground.")
final class ServerCommand implements Callable<Integer> {
    private final ToIntFunction<ServerOptions> run;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--role",
            defaultValue = "all",
            description = "all; control and gateway alone are not active yet")
    private String role = "all";

    @Option(names = "--data-dir", description = "folder of all state; default ~/.deepseek")
    private @Nullable Path dataDir;

    @Option(
            names = "--config",
            description = "a configuration file; later ones lie over earlier ones")
    private List<Path> configs = new ArrayList<>();

    @Option(names = "--listen", description = "address for TLS and agents; default 127.0.0.1")
    private @Nullable String listen;

    @Option(names = "--port", description = "plaintext port on loopback; 0 takes a free one")
    private @Nullable Integer port;

    @Option(names = "--tls-port", description = "TLS port; 0 takes a free one")
    private @Nullable Integer tlsPort;

    @Option(names = "--agent-port", description = "port for agents; 0 takes a free one")
    private @Nullable Integer agentPort;

    @Option(names = "--bundle-dir", description = "folder of agent bundles")
    private @Nullable Path bundleDir;

    @Option(names = "--weights-dir", description = "folder of weights by their sha256")
    private @Nullable Path weightsDir;

    @Option(names = "--watch-stdin", description = "stop when standard input ends")
    private boolean watchStdin;

    ServerCommand(ToIntFunction<ServerOptions> run) {
        this.run = run;
    }

    @Override
    public Integer call() {
        checkRole();
        return run.applyAsInt(
                new ServerOptions(
                        Optional.ofNullable(dataDir),
                        configs,
                        Optional.ofNullable(listen),
                        Optional.ofNullable(port),
                        Optional.ofNullable(tlsPort),
                        Optional.ofNullable(agentPort),
                        Optional.ofNullable(bundleDir),
                        Optional.ofNullable(weightsDir),
                        watchStdin));
    }

    private void checkRole() {
        var problem =
                switch (role) {
                    case "all" -> "";
                    case "control", "gateway" ->
                            "--role=%s is not active yet; use --role=all.".formatted(role);
                    default -> "--role=%s is unknown; use --role=all.".formatted(role);
                };
        if (!problem.isEmpty() && spec != null) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }
}
