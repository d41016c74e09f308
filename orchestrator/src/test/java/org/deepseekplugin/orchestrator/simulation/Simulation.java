package org.deepseekplugin.orchestrator.simulation;

import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.testkit.FaultRates;
import org.deepseekplugin.cloud.testkit.LaunchBook;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.OrchestratorSettings;
import org.deepseekplugin.orchestrator.bootstrap.AgentAccess;
import org.deepseekplugin.orchestrator.fleet.FleetSettings;
import org.deepseekplugin.orchestrator.fleet.Tokens;
import org.deepseekplugin.orchestrator.nodes.NodeCertificates;
import org.deepseekplugin.orchestrator.nodes.NodeSettings;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;
import org.jspecify.annotations.Nullable;

/// One life of an installation: some minutes in which everything fails that can (calls, answers,
/// machines, agents, the server itself), then peace. In peace, the books of the cloud are compared
/// with what the client wanted.
final class Simulation {
    private static final Duration CHAOS = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofHours(3);
    private static final Duration STEP = Duration.ofSeconds(20);
    private static final int SOME_LAUNCHES = 80;

    private final Database store;
    private final Tokens tokens;
    private final World world;
    private final Random random;
    private final CrashPlan plan;
    private final SimulatedCloud cloud;
    private final Agents agents;
    private final Client client;
    private @Nullable Orchestrator server;
    private @Nullable Surroundings process;
    private boolean peace;

    Simulation(Database store, long seed, Tokens tokens) {
        this.store = store;
        this.tokens = tokens;
        world = new World(seed);
        random = world.random();
        plan = new CrashPlan(seed, new Random(seed + 1));
        var settings =
                SimulationSettings.small("sim")
                        .withListingLag(Duration.ofSeconds(random.nextInt(8)))
                        .withCapacityPerZone(random.nextInt(4));
        cloud = new SimulatedCloud(settings, world, new Random(seed + 2));
        agents = new Agents(world, cloud, random.nextInt(4) == 0 ? 0.2 : 0);
        client = new Client(random);
    }

    /// @return what is wrong in the end; empty if all is well
    List<String> run() {
        wipe();
        cloud.faultRates(random.nextInt(5) == 0 ? FaultRates.NONE : FaultRates.rough());
        guarded(this::boot);
        every(Agents.TICK, () -> agents.tick(server().nodes()));
        every(Duration.ofSeconds(3), () -> client.tick(server().services()));
        world.after(Duration.ofSeconds(random.nextInt(200)), this::misfortune);
        world.after(Duration.ofSeconds(random.nextInt(200)), this::misfortune);
        runGuarded(CHAOS);
        makePeace();
        var end = world.instant().plus(PATIENCE);
        while (world.instant().isBefore(end) && !complaints().isEmpty()) {
            runGuarded(STEP);
        }
        // what is settled must stay settled
        runGuarded(Duration.ofMinutes(2));
        return complaints();
    }

    int crashes() {
        return plan.crashes();
    }

    double minutes() {
        return Duration.between(Instant.parse("2026-01-01T00:00:00Z"), world.instant()).toSeconds()
                / 60.0;
    }

    private void makePeace() {
        peace = true;
        plan.end();
        agents.noMoreDuds();
        cloud.faultRates(FaultRates.NONE);
        for (var zone : List.of("west-1a", "west-1b", "east-1a", "east-1b")) {
            cloud.setCapacity(zone, "cpu.small", 100);
        }
    }

    private void misfortune() {
        var live = cloud.book().live();
        if (!peace && !live.isEmpty()) {
            var machine = live.get(random.nextInt(live.size())).id();
            if (random.nextBoolean()) {
                cloud.vanish(machine);
            } else {
                agents.silence(machine);
            }
        }
    }

    private void every(Duration time, Runnable work) {
        world.after(
                time,
                () -> {
                    every(time, work);
                    if (server != null) {
                        work.run();
                    }
                });
    }

    private void runGuarded(Duration time) {
        var end = world.instant().plus(time);
        while (world.instant().isBefore(end)) {
            guarded(() -> world.runFor(Duration.between(world.instant(), end)));
        }
    }

    /// A crash takes everything with it that is in memory; the supervisor starts a new process.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Crash crash) {
            if (process != null) {
                process.scheduler().close();
            }
            server = null;
            world.after(Duration.ofMillis(random.nextInt(20_000)), this::boot);
        }
    }

    private Orchestrator server() {
        if (server == null) {
            throw new IllegalStateException("down");
        }
        return server;
    }

    private void boot() {
        process = new Surroundings(world, random, world.process());
        var driver = new CrashingDriver(cloud, world, plan);
        var started =
                new Orchestrator(
                        new CrashingDatabase(store, plan),
                        List.of(new Cloud("sim", driver, Simulation::claim)),
                        settings(),
                        tokens,
                        new FakeCertificates(),
                        (_, _, durable) -> durable.run(),
                        process);
        started.start();
        server = started;
    }

    private static Claim claim(Map<String, String> config) {
        return new Claim.Claimed(
                new OfferQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.ofNullable(config.get("instance_type")),
                        Optional.empty()));
    }

    private static OrchestratorSettings settings() {
        return new OrchestratorSettings(
                new Secret("0123456789abcdef0123456789abcdef"),
                new AgentAccess("https://127.0.0.1:8444", "CA", "1", Map.of("linux-x64", "00")),
                Map.of(),
                new FleetSettings(
                        new OwnerTag("simulated"),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofHours(23)),
                new NodeSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(90)),
                Prices.ROUGH);
    }

    private List<String> complaints() {
        var complaints = new ArrayList<String>();
        var book = cloud.book();
        if (!book.doubled().isEmpty()) {
            complaints.add("doubled: intents had too many machines at once: " + book.doubled());
        }
        if (book.launches().size() > SOME_LAUNCHES) {
            complaints.add(book.launches().size() + " launches");
        }
        if (server == null || !client.isDone()) {
            complaints.add("not done yet");
            return complaints;
        }
        var services = server.services().list(Client.PROJECT);
        compareServices(services, complaints);
        compareMachines(services, book, complaints);
        int ready = server.endpoints().snapshot().ready().size();
        int wanted = client.wanted().values().stream().mapToInt(i -> i).sum();
        if (ready != wanted) {
            complaints.add(ready + " endpoints, " + wanted + " wanted");
        }
        return complaints;
    }

    private void compareServices(List<Service> services, List<String> complaints) {
        var ready = new TreeMap<String, Integer>();
        services.forEach(service -> ready.put(service.name(), service.readyReplicas()));
        if (!ready.equals(client.wanted())) {
            complaints.add("ready replicas " + ready + ", wanted " + client.wanted());
        }
        for (var service : services) {
            if (service.replicas().size() != service.readyReplicas()) {
                complaints.add("replicas " + service.replicas());
            }
        }
    }

    /// Exactly one live machine for each replica, and no other.
    private static void compareMachines(
            List<Service> services, LaunchBook book, List<String> complaints) {
        var wanted =
                services.stream()
                        .flatMap(s -> s.replicas().stream())
                        .map(r -> r.instance().orElse("none for " + r.id()))
                        .sorted()
                        .toList();
        var live = book.live().stream().map(m -> m.id().toString()).sorted().toList();
        if (!live.equals(wanted)) {
            complaints.add("live machines " + live + ", wanted " + wanted);
        }
        book.live().stream()
                .collect(groupingBy(m -> String.valueOf(m.tags().get("deepseek-replica"))))
                .forEach((replica, machines) -> {
                    if (machines.size() > 1) {
                        complaints.add(
                                replica + " has " + machines.stream().map(Instance::id).toList());
                    }
                });
    }

    private void wipe() {
        store.run(tx -> {
            for (var table :
                    List.of(
                            "node",
                            "replica_member",
                            "instance",
                            "intent",
                            "replica",
                            "service",
                            "refusal",
                            "event",
                            "idempotency")) {
                tx.execute("delete from " + table);
            }
        });
    }

    /// Keys are their own names; signing them truly would be most of the run's time.
    private static final class FakeCertificates implements NodeCertificates {
        @Override
        public String issue(String csrPem, String node) {
            return "certificate of " + node;
        }

        @Override
        public String keyHash(String csrPem) {
            return csrPem;
        }

        @Override
        public Issued read(String certificatePem) {
            throw new IllegalArgumentException("nothing ends in a simulation");
        }

        @Override
        public String caPem() {
            return "CA";
        }

        @Override
        public Duration grace() {
            return Duration.ZERO;
        }
    }
}
