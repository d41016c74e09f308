package org.deepseekplugin.orchestrator.offers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;
import org.junit.jupiter.api.Test;

/// What a cloud may take back at any time is rented only for those who asked for it.
final class MarketsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Cloud cloud =
            new Cloud(
                    "sim",
                    new SimulatedCloud(SimulationSettings.small("sim"), () -> NOW, new Random(1)),
                    config -> new Claim.Claimed(query(config.get("market"))));
    private final Claims claims = new Claims(List.of(cloud));

    @Test
    void a_place_without_a_market_is_on_demand() {
        assertThat(claims.resolve(Map.of()).query().market()).contains(Market.ON_DEMAND);
        assertThat(claims.resolve(Map.of("cloud", "sim")).query().market())
                .contains(Market.ON_DEMAND);
    }

    @Test
    void spot_and_any_are_to_be_asked_for() {
        assertThat(claims.resolve(Map.of("market", "spot")).query().market()).contains(Market.SPOT);
        assertThat(claims.resolve(Map.of("market", "any")).query().market()).isEmpty();
    }

    private static OfferQuery query(String market) {
        return new OfferQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(market)
                        .map(word -> Market.valueOf(word.toUpperCase(java.util.Locale.ROOT))));
    }
}
