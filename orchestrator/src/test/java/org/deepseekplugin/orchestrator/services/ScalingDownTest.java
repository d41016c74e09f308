package org.deepseekplugin.orchestrator.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.deepseekplugin.orchestrator.simulation.World;
import org.deepseekplugin.platform.store.SimulationDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which replicas go when a service wants fewer.
final class ScalingDownTest {
    private final World world = new World(1);
    private final SimulationDatabase store = new SimulationDatabase("scaling-down");
    private final Ground ground =
            Ground.of(store, new Surroundings(world, new Random(1), world.process()));
    private final ReplicaStore replicas = new ReplicaStore(world);
    private final ServiceStore services = new ServiceStore(replicas, world);
    private final ServiceBook book =
            new ServiceBook(ground, services, replicas, new IdempotencyKeys(world));
    private final List<String> woken = new ArrayList<>();
    private final ServiceReconciler reconciler =
            new ServiceReconciler(ground, services, replicas, woken::add);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void those_furthest_from_serving_go_first() {
        var service = deploy(5);
        move(service, 0, Replica.State.FAILED);
        move(service, 1, Replica.State.READY);
        move(service, 2, Replica.State.PULLING);
        move(service, 3, Replica.State.READY);
        move(service, 4, Replica.State.BOOTING);
        assertThat(retired(deploy(4))).containsExactly(0);
        assertThat(retired(deploy(3))).containsExactly(0, 4);
        assertThat(retired(deploy(2))).containsExactly(0, 2, 4);
    }

    @Test
    void of_equals_the_youngest_goes_whatever_its_place() {
        deploy(2);
        world.runFor(Duration.ofMinutes(1));
        var service = deploy(3);
        store.run(tx -> replicas.delete(tx, replica(service, 0).id()));
        world.runFor(Duration.ofMinutes(1));
        // the youngest takes the free place
        var refilled = deploy(3);
        assertThat(refilled.replicas()).extracting(Replica::ordinal).containsExactly(0, 1, 2);
        assertThat(retired(deploy(2))).containsExactly(0);
        assertThat(retired(deploy(1))).containsExactly(0, 2);
    }

    private Service deploy(int wanted) {
        var spec = ServiceSpec.simple("chat", Site.MODEL, wanted, List.of(Site.CONFIG));
        var service = store.write(tx -> book.deploy(tx, Site.PROJECT, spec, Site.MODEL));
        reconciler.reconcile(service.id());
        return store.read(tx -> services.find(tx, service.id())).orElseThrow();
    }

    private void move(Service service, int ordinal, Replica.State state) {
        store.run(tx -> replicas.move(tx, replica(service, ordinal).id(), state, ""));
    }

    private static Replica replica(Service service, int ordinal) {
        return service.replicas().stream()
                .filter(replica -> replica.ordinal() == ordinal)
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> retired(Service service) {
        return service.replicas().stream()
                .filter(replica -> !replica.isWanted())
                .map(Replica::ordinal)
                .toList();
    }
}
