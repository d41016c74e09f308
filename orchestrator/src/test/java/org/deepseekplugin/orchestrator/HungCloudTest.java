package org.deepseekplugin.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Capabilities;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.services.ServiceSpec;
import org.deepseekplugin.orchestrator.simulation.Installation;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.deepseekplugin.orchestrator.simulation.World;
import org.deepseekplugin.platform.store.SqliteDatabase;
import org.junit.jupiter.api.Test;

/// Real threads: of two clouds one never answers.
final class HungCloudTest {
    private static final int REPLICAS = 20;

    /// Of one account at once, beside its listing.
    private static final int CALLS = 7;

    @Test
    void a_cloud_that_hangs_holds_up_nobody_elses_machines() throws InterruptedException {
        var good = new Gate("good", new CountDownLatch(0));
        var hung = new Gate("hung", new CountDownLatch(1));
        try (var store = SqliteDatabase.inMemory("hung-cloud")) {
            var clouds =
                    List.of(Installation.cloud("good", good), Installation.cloud("hung", hung));
            var installation = new Installation(store, new World(1), clouds);
            var threads = Scheduler.virtualThreads("hung-cloud-test");
            installation.boot(new Surroundings(InstantSource.system(), new Random(1), threads));
            deploy(installation, "hung");
            assertThat(hung.asked.tryAcquire(CALLS, 1, TimeUnit.MINUTES)).as("it hangs").isTrue();
            deploy(installation, "good");
            assertThat(good.asked.tryAcquire(REPLICAS, 1, TimeUnit.MINUTES)).isTrue();
            assertThat(hung.asked.availablePermits()).as("no more calls hang").isZero();
            hung.latch.countDown();
            installation.kill();
        }
    }

    private static void deploy(Installation installation, String cloud) {
        var where = Map.of("cloud", cloud, "instance_type", "cpu.small");
        var spec = ServiceSpec.simple(cloud, Site.MODEL, REPLICAS, List.of(where));
        installation.server().services().deploy(Site.PROJECT, spec);
    }

    /// A cloud whose every call waits for the latch.
    private static final class Gate implements CloudDriver {
        private final CloudDriver cloud;
        private final CountDownLatch latch;
        private final Semaphore asked = new Semaphore(0);

        Gate(String name, CountDownLatch latch) {
            this.cloud =
                    new SimulatedCloud(
                            SimulationSettings.small(name), InstantSource.system(), new Random(2));
            this.latch = latch;
        }

        @Override
        public Capabilities capabilities() {
            return cloud.capabilities();
        }

        @Override
        public List<Offer> offers(OfferQuery query) {
            return cloud.offers(query);
        }

        @Override
        public AllocationResult allocate(AllocationRequest request) {
            asked.release();
            pass();
            return cloud.allocate(request);
        }

        @Override
        public InstanceListing list(OwnerTag owner) {
            pass();
            return cloud.list(owner);
        }

        @Override
        public Termination terminate(InstanceId id) {
            pass();
            return cloud.terminate(id);
        }

        private void pass() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {}
    }
}
