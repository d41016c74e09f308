package org.deepseekplugin.orchestrator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.simulation.World;
import org.deepseekplugin.platform.store.SimulationDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RefusalsTest {
    private static final Duration FIRST = Duration.ofMinutes(2);

    private final World world = new World(1);
    private final Refusals refusals = new Refusals(world);
    private final SimulationDatabase store = new SimulationDatabase("refusals");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_refusal_holds_for_its_scope_and_its_time() {
        remember(noStock());
        assertThat(isRefused(offer("west-1a", Market.SPOT))).isTrue();
        assertThat(isRefused(offer("west-1b", Market.SPOT))).isFalse();
        assertThat(isRefused(offer("west-1a", Market.ON_DEMAND))).isFalse();
        world.runFor(FIRST);
        assertThat(isRefused(offer("west-1a", Market.SPOT))).isFalse();
    }

    @Test
    void the_same_refusal_again_holds_twice_as_long_up_to_a_limit() {
        for (int i = 0; i < 10; i++) {
            var until = remember(noStock()).until();
            world.runFor(Duration.between(world.instant(), until));
        }
        assertThat(Duration.between(world.instant(), remember(noStock()).until()))
                .isEqualTo(Duration.ofMinutes(30));
        world.runFor(Duration.ofHours(2));
        assertThat(Duration.between(world.instant(), remember(noStock()).until()))
                .as("long after")
                .isEqualTo(FIRST);
    }

    @Test
    void many_who_are_refused_together_are_refused_once() {
        for (int i = 0; i < 100; i++) {
            remember(noStock());
        }
        assertThat(isRefused(offer("west-1a", Market.SPOT))).isTrue();
        world.runFor(FIRST);
        assertThat(isRefused(offer("west-1a", Market.SPOT))).isFalse();
    }

    @Test
    void a_longer_time_that_the_cloud_names_is_obeyed() {
        remember(
                new CloudFailure(
                        CloudFailure.Kind.UNAVAILABLE,
                        new FailureScope.Region("west-1"),
                        "ServiceUnavailable",
                        "later",
                        Optional.of(Duration.ofHours(3))));
        world.runFor(Duration.ofHours(3).minusSeconds(1));
        assertThat(isRefused(offer("west-1b", Market.ON_DEMAND))).isTrue();
    }

    @Test
    void an_offer_that_was_rented_after_all_is_refused_no_more() {
        remember(noStock());
        store.run(tx -> refusals.forget(tx, offer("west-1a", Market.SPOT)));
        assertThat(isRefused(offer("west-1a", Market.SPOT))).isFalse();
    }

    @Test
    void old_refusals_are_thrown_away() {
        remember(noStock());
        world.runFor(Duration.ofHours(2));
        store.run(refusals::prune);
        var kept =
                store.<Long>read(tx ->
                        tx.first("select count(*) as n from refusal", row -> row.number("n"))
                                .orElseThrow());
        assertThat(kept).isZero();
    }

    private Refusal remember(CloudFailure failure) {
        return store.write(tx -> refusals.remember(tx, offer("west-1a", Market.SPOT), failure));
    }

    private boolean isRefused(Offer offer) {
        return store.read(tx -> refusals.against(tx, offer)).isPresent();
    }

    private static CloudFailure noStock() {
        return new CloudFailure(
                CloudFailure.Kind.CAPACITY,
                new FailureScope.TypeInZone("cpu.small", "west-1a"),
                "InsufficientInstanceCapacity",
                "no more");
    }

    private static Offer offer(String zone, Market market) {
        return new Offer(
                "sim",
                "west-1",
                zone,
                "cpu.small",
                "cpu",
                market,
                Optional.empty(),
                false,
                2,
                8192,
                Optional.empty());
    }
}
