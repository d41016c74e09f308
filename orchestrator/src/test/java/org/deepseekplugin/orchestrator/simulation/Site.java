package org.deepseekplugin.orchestrator.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.events.Event;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.orchestrator.services.ServiceSpec;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.SimulationDatabase;

/// An installation on one cloud with obedient agents, where nothing fails unless a test says so.
public final class Site implements AutoCloseable {
    public static final String PROJECT = Client.PROJECT;
    public static final String MODEL = Client.MODEL;
    public static final Map<String, String> CONFIG = Map.of("instance_type", "cpu.small");

    private static final AtomicLong NUMBER = new AtomicLong();

    public final World world = new World(1);
    public final SimulatedCloud cloud;
    public final Agents agents;
    public final Database store = new SimulationDatabase("site-" + NUMBER.incrementAndGet());
    public final Installation installation;

    private Site(
            SimulationSettings settings,
            UnaryOperator<CloudDriver> driver,
            UnaryOperator<Database> database) {
        cloud = new SimulatedCloud(settings, world, new Random(2));
        agents = new Agents(world, cloud, 0);
        var clouds = List.of(Installation.cloud("sim", driver.apply(cloud)));
        installation = new Installation(database.apply(store), world, clouds);
        installation.boot();
        world.every(
                Agents.TICK,
                () -> {
                    if (installation.isUp()) {
                        agents.tick(installation.server().nodes());
                    }
                });
    }

    public static Site quiet() {
        return of(UnaryOperator.identity());
    }

    /// @param driver what stands between the control plane and the cloud
    public static Site of(UnaryOperator<CloudDriver> driver) {
        return new Site(SimulationSettings.small("sim"), driver, UnaryOperator.identity());
    }

    /// @param database what stands between the control plane and the store
    public static Site counting(UnaryOperator<Database> database) {
        return new Site(SimulationSettings.small("sim"), UnaryOperator.identity(), database);
    }

    public Orchestrator server() {
        return installation.server();
    }

    public void run(Duration time) {
        world.runFor(time);
    }

    public Service deploy(String name, int replicas) {
        var spec = ServiceSpec.simple(name, MODEL, replicas, List.of(CONFIG));
        return server().services().deploy(PROJECT, spec).service();
    }

    public Optional<Service> service(String name) {
        return server().services().find(PROJECT, name);
    }

    public int ready() {
        return server().endpoints().snapshot().ready().size();
    }

    public InstanceId onlyMachine() {
        var live = cloud.book().live();
        if (live.size() != 1) {
            throw new IllegalStateException("there are " + live.size() + " live machines");
        }
        return live.getFirst().id();
    }

    public List<Event> events(String kind) {
        return server().events().list(PROJECT, 0, 1_000).stream()
                .filter(event -> event.kind().equals(kind))
                .toList();
    }

    @Override
    public void close() {
        installation.kill();
        store.close();
    }
}
