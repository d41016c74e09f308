package org.deepseekplugin.orchestrator.offers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Capabilities;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.simulation.World;
import org.junit.jupiter.api.Test;

final class OffersTest {
    private final World world = new World(1);
    private final Shop good = new Shop("good");
    private final Shop bad = new Shop("bad");
    private final Offers offers =
            new Offers(
                    List.of(good.cloud(), bad.cloud()),
                    Prices.ROUGH,
                    new Surroundings(world, new Random(1), world.process()));

    @Test
    void many_who_ask_together_cost_one_call() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(offers.at(List.of())).hasSize(32);
        }
        assertThat(good.calls).hasValue(1);
    }

    @Test
    void a_cloud_that_fails_is_left_out_and_not_asked_by_everybody() {
        bad.fails = true;
        for (int i = 0; i < 1_000; i++) {
            assertThat(offers.at(List.of())).hasSize(16);
        }
        assertThat(bad.calls).hasValue(1);
        bad.fails = false;
        world.runFor(Duration.ofSeconds(31));
        offers.at(List.of());
        world.runFor(Duration.ZERO);
        assertThat(offers.at(List.of())).hasSize(32);
    }

    @Test
    void an_answer_is_renewed_in_the_background_while_it_is_used() {
        offers.at(List.of());
        world.runFor(Duration.ofSeconds(31));
        bad.fails = true;
        assertThat(offers.at(List.of())).hasSize(32);
        assertThat(bad.calls).as("nobody waits for the call").hasValue(1);
        world.runFor(Duration.ZERO);
        assertThat(bad.calls).hasValue(2);
        assertThat(offers.at(List.of())).as("what was known still holds").hasSize(32);
    }

    @Test
    void an_answer_of_long_ago_is_not_used() {
        offers.at(List.of());
        world.runFor(Duration.ofMinutes(6));
        offers.at(List.of());
        assertThat(good.calls).hasValue(2);
    }

    @Test
    void people_see_the_cheapest_first() {
        assertThat(offers.list(Optional.of("good"), OfferQuery.any()))
                .extracting(offer -> offer.hourlyPrice().orElseThrow().amount())
                .isSorted();
    }

    private static final class Shop implements CloudDriver {
        private final String name;
        private final AtomicInteger calls = new AtomicInteger();
        private boolean fails;

        Shop(String name) {
            this.name = name;
        }

        Cloud cloud() {
            return new Cloud(name, this, _ -> new Claim.NotMine());
        }

        @Override
        public List<Offer> offers(OfferQuery query) {
            calls.incrementAndGet();
            if (fails) {
                throw new CloudException(
                        new CloudFailure(
                                CloudFailure.Kind.UNAVAILABLE,
                                new FailureScope.Account(),
                                "Down",
                                "on purpose"),
                        null);
            }
            return SimulationSettings.small(name).offers();
        }

        @Override
        public Capabilities capabilities() {
            throw new UnsupportedOperationException();
        }

        @Override
        public AllocationResult allocate(AllocationRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InstanceListing list(OwnerTag owner) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Termination terminate(InstanceId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
