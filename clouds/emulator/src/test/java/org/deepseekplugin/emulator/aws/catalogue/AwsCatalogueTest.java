package org.deepseekplugin.emulator.aws.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepseekplugin.emulator.offers.MachineType;
import org.deepseekplugin.emulator.offers.Zone;
import org.junit.jupiter.api.Test;

final class AwsCatalogueTest {
    private final AwsCatalogue catalogue = new AwsCatalogue();

    @Test
    void knows_gpu_types_in_their_zones_and_cpu_types_everywhere() {
        assertThat(catalogue.type("p4d.24xlarge").flatMap(MachineType::gpus).orElseThrow().count())
                .isEqualTo(8);
        assertThat(catalogue.zones()).allMatch(zone -> zone.types().contains("c7i.large"));
        assertThat(catalogue.zonesOf("us-west-2"))
                .anyMatch(zone -> zone.types().contains("p4d.24xlarge"));
        assertThat(catalogue.zonesOf("us-west-1"))
                .noneMatch(zone -> zone.types().contains("p4d.24xlarge"));
    }

    @Test
    void every_offered_type_is_described() {
        for (Zone zone : catalogue.zones()) {
            assertThat(zone.types()).allMatch(type -> catalogue.type(type).isPresent());
        }
    }

    @Test
    void counts_quota_in_the_buckets_of_aws() {
        assertThat(catalogue.quotaFamily("p4d.24xlarge")).isEqualTo("p");
        assertThat(catalogue.quotaFamily("g5")).isEqualTo("g");
        assertThat(catalogue.quotaFamily("c7i.large")).isEqualTo("standard");
    }

    @Test
    void spot_costs_less_than_on_demand() {
        var spot = catalogue.spotPrice("us-west-2", "g4dn.xlarge").orElseThrow();

        assertThat(spot).isPositive();
        assertThat(spot)
                .isLessThan(
                        catalogue
                                .type("g4dn.xlarge")
                                .flatMap(MachineType::hourlyPrice)
                                .orElseThrow());
    }

    @Test
    void names_zones_by_id_as_aws_does() {
        assertThat(Ids.zone(catalogue.zone("us-west-2a").orElseThrow())).isEqualTo("usw2-az1");
        assertThat(Ids.zone(catalogue.zone("ap-northeast-1c").orElseThrow()))
                .isEqualTo("apne1-az3");
    }
}
