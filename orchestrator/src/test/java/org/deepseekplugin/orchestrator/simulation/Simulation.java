package org.deepseekplugin.orchestrator.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.testkit.FaultRates;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.orchestrator.fleet.Tokens;
import org.deepseekplugin.platform.store.Database;

/// One life of an installation: some minutes in which everything fails that can (calls, answers,
/// machines, agents, clocks, the server itself), then peace. In peace, the books of the cloud are
/// compared with what the client wanted.
final class Simulation {
    private static final String REPLICA = "deepseek-replica";
    private static final Duration CHAOS = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofHours(3);
    private static final Duration STEP = Duration.ofSeconds(20);

    /// Until every loss of before is noticed, by silence or by two listings.
    private static final Duration NOTICED = Duration.ofSeconds(70);

    /// What is settled must stay settled, through a listing at least.
    private static final Duration SETTLED = Duration.ofSeconds(35);

    private static final int MISFORTUNES = 3;
    private static final FaultRates WITHOUT_LATE =
            new FaultRates(0.05, 0.1, 0.1, 0, 0.05, Duration.ofMillis(1));

    private final Database store;
    private final World world;
    private final Random random;
    private final CrashPlan plan;
    private final SimulatedCloud cloud;
    private final Agents agents;
    private final Client client;
    private final Installation installation;
    private final FaultRates faults;
    private final List<String> doubles = new ArrayList<>();
    private boolean peace;

    Simulation(Database store, long seed, Tokens tokens) {
        this.store = store;
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
        faults =
                switch (random.nextInt(5)) {
                    case 0 -> FaultRates.NONE;
                    case 1, 2 -> WITHOUT_LATE;
                    default -> FaultRates.rough();
                };
        installation =
                new Installation(
                        new CrashingDatabase(store, world, plan),
                        world,
                        List.of(
                                Installation.cloud(
                                        "sim",
                                        new CrashingDriver(cloud, world, plan, this::watch))),
                        tokens,
                        random.nextInt(4) == 0 ? Duration.ofMinutes(1) : Installation.TOKEN_LIFE);
    }

    /// @return what is wrong in the end; empty if all is well
    List<String> run() {
        Installation.wipe(store);
        cloud.faultRates(faults);
        guarded(installation::boot);
        whileUp(Agents.TICK, () -> agents.tick(installation.server().nodes()));
        whileUp(Duration.ofSeconds(3), () -> client.tick(installation.server().services()));
        for (int i = 0; i < MISFORTUNES; i++) {
            world.after(Duration.ofSeconds(random.nextInt(160)), this::misfortune);
        }
        runGuarded(CHAOS);
        makePeace();
        runGuarded(NOTICED);
        var end = world.instant().plus(PATIENCE);
        while (world.instant().isBefore(end) && !complaints().isEmpty()) {
            runGuarded(STEP);
        }
        runGuarded(SETTLED);
        return complaints();
    }

    void count(CrashTally tally) {
        tally.add(plan, client);
    }

    /// Where no request arrives after its sender has got a definite answer to it, a replica never
    /// gets a machine while it may have another that is not known to be on its way back.
    private void watch(AllocationRequest request) {
        if (faults.late() > 0) {
            return;
        }
        for (var machine : cloud.book().live()) {
            if (machine.tags().get(REPLICA).equals(request.tags().get(REPLICA))
                    && !machine.intent().equals(Optional.of(request.intent()))
                    && !isGoingBack(machine.id())) {
                doubles.add("doubled: asks for " + request.intent() + " beside " + machine.id());
            }
        }
    }

    private boolean isGoingBack(InstanceId machine) {
        return store.read(tx ->
                tx.first(
                                "select 1 as one from instance where id = ? and state = 'RELEASING'",
                                _ -> true,
                                machine.toString())
                        .isPresent());
    }

    private void makePeace() {
        peace = true;
        plan.end();
        agents.noMoreDuds();
        client.calm();
        cloud.faultRates(FaultRates.NONE);
        for (var zone : List.of("west-1a", "west-1b", "east-1a", "east-1b")) {
            cloud.setCapacity(zone, "cpu.small", 100);
        }
    }

    private void misfortune() {
        var live = cloud.book().live();
        if (peace || live.isEmpty()) {
            return;
        }
        var machine = live.get(random.nextInt(live.size())).id();
        switch (random.nextInt(3)) {
            case 0 -> cloud.vanish(machine);
            case 1 -> agents.silence(machine);
            default -> world.setClocksBy(Duration.ofSeconds(random.nextInt(-600, 600)));
        }
    }

    private void whileUp(Duration time, Runnable work) {
        world.every(
                time,
                () -> {
                    if (installation.isUp()) {
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

    /// The supervisor starts a new process when one has died.
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Crash crash) {
            installation.kill();
            world.after(Duration.ofMillis(random.nextInt(20_000)), installation::boot);
        }
    }

    private List<String> complaints() {
        var book = cloud.book();
        var verdict = new Verdict(book);
        if (!installation.isUp() || !client.isDone()) {
            verdict.complaints().add("not done yet");
        } else {
            verdict.compare(installation.server(), client.wanted(), book);
        }
        verdict.complaints().addAll(client.complaints());
        verdict.complaints().addAll(doubles);
        return verdict.complaints();
    }
}
