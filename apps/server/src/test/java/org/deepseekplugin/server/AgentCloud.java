package org.deepseekplugin.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.agent.Agent;
import org.deepseekplugin.agent.AgentLog;
import org.deepseekplugin.agent.AgentSettings;
import org.deepseekplugin.agent.FakeLauncher;
import org.deepseekplugin.cloud.spi.Capabilities.TokenScope;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.ConfigKey;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.DriverFactory;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.testkit.Launch;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.platform.security.Secret;

/// A simulated cloud whose machines are real agents with a fake engine, in this process. Like a
/// cloud it outlives the server.
public final class AgentCloud implements DriverFactory {
    private static final SimulationSettings SETTINGS =
            new SimulationSettings(
                    "sim",
                    SimulationSettings.small("sim").offers(),
                    TokenScope.ZONE,
                    10,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofHours(1));

    private static SimulatedCloud cloud =
            new SimulatedCloud(SETTINGS, Clock.systemUTC(), new Random(1));
    private static final Map<String, Agent> AGENTS = new ConcurrentHashMap<>();

    /// Forgets everything.
    static void reset() {
        AGENTS.values().forEach(Agent::close);
        AGENTS.clear();
        cloud = new SimulatedCloud(SETTINGS, Clock.systemUTC(), new Random(1));
    }

    static List<Launch> launches() {
        return cloud.book().launches();
    }

    /// Starts the agents of machines that have none: what a machine's boot does.
    static void boot(Path homes) throws IOException, InterruptedException {
        for (var launch : launches()) {
            var machine = launch.machine().toString();
            if (!AGENTS.containsKey(machine)) {
                var home = homes.resolve(machine.replaceAll("[^a-z0-9-]", "_"));
                AGENTS.put(machine, Agent.start(settings(launch, home), new CountDownLatch(1)));
            }
        }
    }

    private static AgentSettings settings(Launch launch, Path home) {
        var bootstrap = launch.request().bootstrap();
        var ca =
                bootstrap.files().stream()
                        .filter(file -> file.path().equals("ca.pem"))
                        .findFirst()
                        .orElseThrow();
        return new AgentSettings(
                home,
                URI.create(bootstrap.env().get("DEEPSEEK_SERVER")),
                ca.content(),
                new Secret(bootstrap.env().get("DEEPSEEK_JOIN_TOKEN")),
                "127.0.0.1",
                List.of(new FakeLauncher("llama")),
                Map.of(),
                AgentLog.attach(),
                Clock.systemUTC());
    }

    @Override
    public String cloud() {
        return "sim";
    }

    @Override
    public List<ConfigKey> configKeys() {
        return List.of();
    }

    @Override
    public Claim claims(Map<String, String> config) {
        var type = Optional.ofNullable(config.get("instance_type"));
        return type.filter("cpu.small"::equals).isPresent()
                ? new Claim.Claimed(
                        new OfferQuery(Optional.empty(), Optional.empty(), type, Optional.empty()))
                : new Claim.NotMine();
    }

    @Override
    public CloudDriver create(Map<String, String> config, DriverContext context) {
        return cloud;
    }
}
