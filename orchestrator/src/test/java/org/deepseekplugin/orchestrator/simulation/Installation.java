package org.deepseekplugin.orchestrator.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.OrchestratorSettings;
import org.deepseekplugin.orchestrator.bootstrap.AgentAccess;
import org.deepseekplugin.orchestrator.fleet.FleetSettings;
import org.deepseekplugin.orchestrator.fleet.Tokens;
import org.deepseekplugin.orchestrator.nodes.NodeSettings;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;
import org.jspecify.annotations.Nullable;

/// A control plane in virtual time that can be killed and started again; its store and its clouds
/// live on.
public final class Installation {
    public static final OwnerTag OWNER = new OwnerTag("simulated");
    static final Duration TOKEN_LIFE = Duration.ofHours(23);

    private final Database store;
    private final World world;
    private final List<Cloud> clouds;
    private final Tokens tokens;
    private final Duration tokenLife;
    private @Nullable Orchestrator server;
    private @Nullable Surroundings process;

    public Installation(Database store, World world, List<Cloud> clouds) {
        this(store, world, clouds, Tokens.derived(), TOKEN_LIFE);
    }

    Installation(
            Database store, World world, List<Cloud> clouds, Tokens tokens, Duration tokenLife) {
        this.store = store;
        this.world = world;
        this.clouds = clouds;
        this.tokens = tokens;
        this.tokenLife = tokenLife;
    }

    /// Understands the key `instance_type` only.
    public static Cloud cloud(String name, CloudDriver driver) {
        return new Cloud(name, driver, Installation::claim);
    }

    public Orchestrator boot() {
        return boot(new Surroundings(world.wall(), world.random(), world.process()));
    }

    public Orchestrator boot(Surroundings surroundings) {
        process = surroundings;
        var started =
                new Orchestrator(
                        store,
                        clouds,
                        settings(),
                        tokens,
                        new FakeCertificates(),
                        (_, _, durable) -> durable.run(),
                        surroundings);
        started.start();
        server = started;
        return started;
    }

    /// Takes everything with it that is in memory.
    public void kill() {
        if (process != null) {
            process.scheduler().close();
        }
        server = null;
    }

    public boolean isUp() {
        return server != null;
    }

    public Orchestrator server() {
        if (server == null) {
            throw new IllegalStateException("down");
        }
        return server;
    }

    static void wipe(Database store) {
        var tables =
                List.of(
                        "node",
                        "replica_member",
                        "instance",
                        "intent",
                        "replica",
                        "service",
                        "refusal",
                        "event",
                        "idempotency");
        store.run(tx -> tables.forEach(table -> tx.execute("delete from " + table)));
    }

    private static Claim claim(Map<String, String> config) {
        return new Claim.Claimed(
                new OfferQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(config.get("instance_type")),
                        Optional.empty()));
    }

    private OrchestratorSettings settings() {
        return new OrchestratorSettings(
                new Secret("0123456789abcdef0123456789abcdef"),
                new AgentAccess("https://127.0.0.1:8444", "CA", "1", Map.of("linux-x64", "00")),
                Map.of(),
                new FleetSettings(
                        OWNER,
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        tokenLife),
                new NodeSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(90)),
                Prices.ROUGH);
    }
}
