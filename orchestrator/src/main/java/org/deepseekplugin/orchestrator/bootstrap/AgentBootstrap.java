package org.deepseekplugin.orchestrator.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.platform.security.Secret;

/// Composes the bootstrap: the script `join.sh` with the control plane's address, its authority and
/// the agent bundle's checksums. The join token has its place but is filled in at each call only,
/// so what is stored holds no secret.
public final class AgentBootstrap {
    private static final String TOKEN = "DEEPSEEK_JOIN_TOKEN";

    private final AgentAccess access;
    private final String script;

    public AgentBootstrap(AgentAccess access) {
        this.access = access;
        this.script = resource("join.sh");
    }

    /// Without the token.
    public Bootstrap template() {
        return new Bootstrap(
                List.of(
                        new Bootstrap.File("ca.pem", "644", access.caPem()),
                        new Bootstrap.File("join.sh", "755", script)),
                Map.of(
                        "DEEPSEEK_SERVER",
                        access.url(),
                        "DEEPSEEK_AGENT_VERSION",
                        access.agentVersion(),
                        "DEEPSEEK_BUNDLES",
                        bundles(),
                        TOKEN,
                        ""),
                List.of("/bin/sh", "join.sh"));
    }

    public static Bootstrap withToken(Bootstrap template, Secret token) {
        var env = new HashMap<>(template.env());
        env.put(TOKEN, token.reveal());
        return new Bootstrap(template.files(), env, template.argv());
    }

    /// `linux-arm64=<sha256> linux-x64=<sha256>`, sorted: the same request stays the same.
    private String bundles() {
        return new TreeMap<>(access.bundleSha256())
                .entrySet().stream()
                        .map(bundle -> bundle.getKey() + "=" + bundle.getValue())
                        .collect(joining(" "));
    }

    private static String resource(String name) {
        try (var stream = AgentBootstrap.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
