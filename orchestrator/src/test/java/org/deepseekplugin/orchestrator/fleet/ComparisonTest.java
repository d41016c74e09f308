package org.deepseekplugin.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.fleet.Comparison.Recorded;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LAG = Duration.ofSeconds(5);

    private final Comparison comparison = new Comparison(LAG);

    @Test
    void a_machine_is_lost_when_listings_miss_it_for_the_whole_lag() {
        var rental = rental("i-1", Rental.State.JOINED);
        assertThat(compare(10, recorded(List.of(), rental))).isEmpty();
        assertThat(comparison.isWaiting()).isTrue();
        assertThat(compare(15, recorded(List.of(), rental))).as("begun too soon").isEmpty();
        assertThat(compare(20, recorded(List.of(), rental), running("i-1", "int-1"))).isEmpty();
        assertThat(comparison.isWaiting()).isFalse();
        assertThat(compare(25, recorded(List.of(), rental))).isEmpty();
        assertThat(compare(31, recorded(List.of(), rental)))
                .containsExactly(new Finding.Lost(rental, "its cloud no longer lists it", false));
    }

    @Test
    void a_machine_on_its_way_back_is_returned_when_its_cloud_has_ended_it() {
        var rental = rental("i-1", Rental.State.RELEASING);
        assertThat(compare(10, recorded(List.of(), rental), running("i-1", "int-1"))).isEmpty();
        assertThat(
                        compare(
                                15,
                                recorded(List.of(), rental),
                                machine("i-1", "int-1", InstanceState.TERMINATED)))
                .containsExactly(new Finding.Returned(rental));
    }

    @Test
    void a_stopped_machine_is_lost_and_still_costs() {
        var rental = rental("i-1", Rental.State.JOINED);
        assertThat(
                        compare(
                                10,
                                recorded(List.of(), rental),
                                machine("i-1", "int-1", InstanceState.STOPPED)))
                .containsExactly(new Finding.Lost(rental, "its cloud stopped it", true));
    }

    @Test
    void of_two_machines_of_one_question_one_is_its_answer() {
        var asking = intent("int-1", Intent.State.ASKING, START);
        var first = running("i-1", "int-1");
        var second = running("i-2", "int-1");
        assertThat(compare(10, recorded(List.of(asking)), first, second))
                .containsExactly(new Finding.Found(asking, first), new Finding.Stray(second));
    }

    @Test
    void a_machine_that_no_intent_waits_for_is_a_stray() {
        var held = intent("int-1", Intent.State.HELD, START);
        var unknown = running("i-1", "int-9");
        var second = running("i-2", "int-1");
        assertThat(compare(10, recorded(List.of(held)), unknown, second))
                .containsExactly(new Finding.Stray(unknown), new Finding.Stray(second));
    }

    @Test
    void a_doubt_ends_without_a_trace_when_the_token_is_stale_and_listings_show_nothing() {
        var asking = intent("int-1", Intent.State.ASKING, START);
        var stale = new Recorded(List.of(asking), List.of(), List.of(asking));
        var fresh = new Recorded(List.of(asking), List.of(), List.of());
        assertThat(compare(10, fresh)).isEmpty();
        assertThat(compare(100, fresh)).isEmpty();
        assertThat(compare(110, stale)).isEmpty();
        assertThat(compare(115, stale)).as("begun too soon").isEmpty();
        var machine = running("i-1", "int-1");
        assertThat(compare(120, stale, machine))
                .containsExactly(new Finding.Found(asking, machine));
        assertThat(compare(130, stale)).isEmpty();
        assertThat(compare(136, stale)).containsExactly(new Finding.NoTrace(asking));
    }

    private List<Finding> compare(int seconds, Recorded recorded, Instance... machines) {
        var begun = Duration.ofSeconds(seconds);
        return comparison.compare(
                recorded,
                new InstanceListing(List.of(machines), Instant.EPOCH),
                begun,
                begun.plusSeconds(1));
    }

    private static Recorded recorded(List<Intent> intents, Rental... rentals) {
        return new Recorded(intents, List.of(rentals), List.of());
    }

    private static Instance running(String id, String intent) {
        return machine(id, intent, InstanceState.RUNNING);
    }

    private static Instance machine(String id, String intent, InstanceState state) {
        return new Instance(
                new InstanceId("sim", "west-1", id),
                state,
                "west-1a",
                "cpu.small",
                Market.SPOT,
                Optional.empty(),
                Optional.empty(),
                Map.of(InstanceTags.INTENT, intent),
                START);
    }

    private static Rental rental(String id, Rental.State state) {
        return new Rental(
                new InstanceId("sim", "west-1", id),
                "default",
                "int-1",
                "rep-1",
                "west-1a",
                "cpu.small",
                Market.SPOT,
                Optional.empty(),
                state,
                Optional.empty(),
                START,
                START);
    }

    private static Intent intent(String id, Intent.State state, Instant at) {
        var offer =
                new Offer(
                        "sim",
                        "west-1",
                        "west-1a",
                        "cpu.small",
                        "cpu",
                        Market.SPOT,
                        Optional.empty(),
                        false,
                        2,
                        8192,
                        Optional.empty());
        return new Intent(
                id,
                "default",
                "rep-1",
                1,
                offer,
                "token",
                state,
                true,
                1,
                Optional.empty(),
                at,
                at);
    }
}
