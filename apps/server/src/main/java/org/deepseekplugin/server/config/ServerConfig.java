package org.deepseekplugin.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deepseekplugin.platform.config.ConfigNode;
import org.deepseekplugin.platform.config.Default;
import org.deepseekplugin.platform.config.Doc;
import org.deepseekplugin.platform.config.Range;

/// `deepseek.yaml`. Flags of the command line win over the file.
public record ServerConfig(
        @Doc("Folder of everything that must survive a restart.") @Default("~/.deepseek")
                Path dataDir,
        @Doc(
                        "Address on which TLS and agents are served. The plaintext port is on 127.0.0.1, whatever stands here. Off loopback every path but `/healthz` and `/readyz` needs a key.")
                @Default("127.0.0.1")
                String listen,
        @Doc("Plaintext port, on loopback only; 0 takes the one of the last start, or a free one.")
                @Default("8000")
                @Range(min = 0, max = 65535)
                int port,
        @Doc("TLS 1.3 port; 0 as above.") @Default("8443") @Range(min = 0, max = 65535) int tlsPort,
        @Doc("Port for agents, with client certificates; 0 as above.")
                @Default("8444")
                @Range(min = 0, max = 65535)
                int agentPort,
        @Doc(
                        "What rented machines call: the agents' port as seen from there. Without it only clouds on loopback can be used.")
                Optional<URI> advertiseUrl,
        @Doc("Further host names that requests over loopback may carry, such as a tunnel's.")
                List<String> allowedHosts,
        @Doc(
                        "How long the server's own certificates live: its ports' and the gateway's. They are renewed after about two thirds of that and at every start, without a dropped request.")
                @Default("30d")
                Duration certificateLifetime,
        @Doc("Where durable state lives: `sqlite`, a file in the data directory.")
                @Default("sqlite")
                String store,
        @Doc("Other names for models: `gpt-4-turbo: SmolLM2-135M-Instruct`.")
                Map<String, String> aliases,
        GatewayLimits gateway,
        AgentSettings agents,
        @Doc(
                        "Clouds by name: `aws: {enabled: true, …}`. A cloud is asked only where `enabled: true` stands. Each driver has keys of its own, listed below.")
                ConfigNode.Mapping clouds) {

    private static final Duration SHORTEST = Duration.ofSeconds(2);

    public ServerConfig {
        if (certificateLifetime.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "certificate-lifetime %s is too short to be renewed; the least is %s"
                            .formatted(certificateLifetime, SHORTEST));
        }
        if (!store.equals("sqlite")) {
            throw new IllegalArgumentException(
                    "store: \"%s\" is not active yet; write sqlite".formatted(store));
        }
    }

    /// The entries of `clouds`, by name.
    public Map<String, CloudSettings> cloudSettings() {
        var settings = new TreeMap<String, CloudSettings>();
        clouds.entries()
                .forEach((name, entry) -> {
                    if (entry.value() instanceof ConfigNode.Mapping mapping) {
                        settings.put(name, CloudSettings.of(mapping));
                    }
                });
        return settings;
    }
}
