package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Accelerators;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Money;
import org.deepseekplugin.cloud.spi.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueTest {
    private final Catalogue catalogue = Catalogue.load();

    @Test
    void knows_types_prices_and_accelerators() {
        var offer = find("us-east-1", "p5.48xlarge", Market.ON_DEMAND);

        assertThat(offer.hourlyPrice()).contains(Money.usd("55.04"));
        assertThat(offer.priceEstimated()).isFalse();
        assertThat(offer.vcpus()).isEqualTo(192);
        assertThat(offer.family()).isEqualTo("p5");
        assertThat(offer.accelerators())
                .contains(new Accelerators("H100", BigDecimal.valueOf(8), 81920));
    }

    @Test
    void marks_prices_of_spot_and_of_other_regions_as_estimated() {
        var spot = find("us-east-1", "g4ad.xlarge", Market.SPOT);
        assertThat(spot.hourlyPrice()).contains(Money.usd("0.1249149"));
        assertThat(spot.priceEstimated()).isTrue();
        assertThat(find("eu-west-1", "g4ad.xlarge", Market.ON_DEMAND).priceEstimated()).isTrue();
    }

    @Test
    void has_cheap_cpu_types_in_every_region() {
        assertThat(catalogue.regions())
                .hasSizeGreaterThan(20)
                .allSatisfy(region -> find(region, "t3.medium", Market.ON_DEMAND));
    }

    @Test
    void offers_gpu_types_only_where_they_are() {
        assertThat(catalogue.offers("af-south-1", Optional.empty()))
                .extracting(Offer::instanceType)
                .contains("g4dn.xlarge")
                .doesNotContain("p5.48xlarge");
    }

    @Test
    void the_accounts_own_zones_count_where_they_are_known() {
        var mine = Map.of("p5.48xlarge", List.of("us-west-2d"), "t3.medium", List.of("us-west-2a"));

        var offers = catalogue.offers("us-west-2", Optional.of(mine));

        assertThat(offers)
                .extracting(Offer::instanceType, Offer::zone)
                .containsOnly(tuple("p5.48xlarge", "us-west-2d"), tuple("t3.medium", "us-west-2a"));
        assertThat(offers).hasSize(4).allMatch(offer -> offer.hourlyPrice().isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "t3.medium,standard", "m7i.large,standard", "g4dn.xlarge,g-and-vt", "gr6.4xlarge,g-and-vt",
        "p3dn.24xlarge,p", "p4d.24xlarge,p", "p5en.48xlarge,p5", "p6-b200.48xlarge,p6",
        "dl1.24xlarge,dl", "trn1.2xlarge,trn", "u-6tb1.metal,high-memory"
    })
    void quotas_are_counted_for_families(String type, String family) {
        assertThat(QuotaFamily.of(type)).isEqualTo(family);
    }

    private Offer find(String region, String type, Market market) {
        return catalogue.offers(region, Optional.empty()).stream()
                .filter(offer -> offer.instanceType().equals(type) && offer.market() == market)
                .findFirst()
                .orElseThrow();
    }
}
