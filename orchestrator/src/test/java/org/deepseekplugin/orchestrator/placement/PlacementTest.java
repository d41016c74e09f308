package org.deepseekplugin.orchestrator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Money;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.orchestrator.placement.Placement.Decision;
import org.deepseekplugin.orchestrator.placement.Placement.Snapshot;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Need SMALL = new Need(4096, 0);

    private final Offer cheap = offer("a", "0.10", 8192);
    private final Offer dear = offer("b", "0.30", 8192);
    private final Offer tiny = offer("c", "0.01", 1024);
    private final Offer unpriced = offer("d", "", 8192);

    @Test
    void the_cheapest_that_fits_is_chosen_in_whatever_order_offers_come() {
        var forth = place(SMALL, List.of(), Map.of(), unpriced, dear, tiny, cheap);
        var back = place(SMALL, List.of(), Map.of(), cheap, tiny, dear, unpriced);
        assertThat(forth).isEqualTo(back);
        assertThat(((Decision.Chosen) forth).offer()).isEqualTo(cheap);
        assertThat(forth.rejected()).extracting(Rejection::offer).containsExactly(tiny);
    }

    @Test
    void what_ranks_behind_the_choice_needs_no_explanation() {
        var decision = place(SMALL, List.of(refused("d")), Map.of(), cheap, unpriced);
        assertThat(decision.rejected()).isEmpty();
    }

    @Test
    void a_refused_offer_gives_way_to_the_next() {
        var decision = place(SMALL, List.of(refused("a")), Map.of(), cheap, dear, unpriced);
        assertThat(((Decision.Chosen) decision).offer()).isEqualTo(dear);
        assertThat(decision.explained())
                .contains(
                        "before it: m in a was refused (capacity, NoStock, until 2026-01-01T00:02");
    }

    @Test
    void an_unknown_price_is_the_last_resort() {
        var decision = place(SMALL, List.of(), Map.of(), unpriced);
        assertThat(((Decision.Chosen) decision).offer()).isEqualTo(unpriced);
        assertThat(decision.explained()).contains("unknown price");
    }

    @Test
    void of_equal_prices_the_zone_with_fewest_peers_wins() {
        var other = offer("b", "0.10", 8192);
        var decision = place(SMALL, List.of(), Map.of("sim/a", 2, "sim/b", 1), cheap, other);
        assertThat(((Decision.Chosen) decision).offer()).isEqualTo(other);
    }

    @Test
    void nothing_to_rent_says_why_and_when_to_look_again() {
        var decision = place(SMALL, List.of(refused("a")), Map.of(), tiny, cheap);
        assertThat(decision.explained())
                .isEqualTo(
                        "nothing to rent now: m in c is too small: 1024 MiB of memory, 4096 needed;"
                                + " m in a was refused (capacity, NoStock, until 2026-01-01T00:02:00Z)");
        assertThat(((Decision.Nowhere) decision).worthAnotherLook(NOW))
                .contains(Duration.ofMinutes(2));
    }

    @Test
    void where_waiting_does_not_help_it_does_not_say_so() {
        var decision = place(SMALL, List.of(), Map.of(), tiny);
        assertThat(((Decision.Nowhere) decision).worthAnotherLook(NOW)).isEmpty();
        assertThat(place(SMALL, List.of(), Map.of()).explained()).contains("no active cloud");
    }

    private static Decision place(
            Need need, List<Refusal> refusals, Map<String, Integer> peers, Offer... offers) {
        return Placement.place(
                new Snapshot(List.of(offers), need, refusals, peers, Prices.ROUGH, NOW));
    }

    private static Refusal refused(String zone) {
        return new Refusal(
                "sim",
                new Scope.OneOffer("m", zone, Market.SPOT),
                CloudFailure.Kind.CAPACITY,
                "NoStock",
                "no more",
                1,
                NOW.plusSeconds(120));
    }

    private static Offer offer(String zone, String usd, long memoryMib) {
        return new Offer(
                "sim",
                "r",
                zone,
                "m",
                "f",
                Market.SPOT,
                usd.isEmpty() ? Optional.empty() : Optional.of(Money.usd(usd)),
                false,
                2,
                memoryMib,
                Optional.empty());
    }
}
