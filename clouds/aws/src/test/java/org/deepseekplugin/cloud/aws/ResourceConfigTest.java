package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.junit.jupiter.api.Test;

final class ResourceConfigTest {
    private final AwsDriverFactory aws = new AwsDriverFactory();

    @Test
    void claims_a_region_and_type_of_its_catalogue_in_snake_and_kebab_case() {
        var wanted =
                new Claim.Claimed(
                        new OfferQuery(
                                Optional.of("us-west-2"),
                                Optional.empty(),
                                Optional.of("p4d.24xlarge"),
                                Optional.of(Market.SPOT)));

        assertThat(
                        aws.claims(
                                Map.of(
                                        "region",
                                        "us-west-2",
                                        "instance_type",
                                        "p4d.24xlarge",
                                        "market",
                                        "spot")))
                .isEqualTo(wanted);
        assertThat(
                        aws.claims(
                                Map.of(
                                        "region",
                                        "us-west-2",
                                        "instance-type",
                                        "p4d.24xlarge",
                                        "market",
                                        "SPOT")))
                .isEqualTo(wanted);
    }

    @Test
    void takes_the_region_from_the_zone() {
        var claimed = (Claim.Claimed) aws.claims(Map.of("zone", "us-west-2b"));

        assertThat(claimed.query().region()).contains("us-west-2");
    }

    @Test
    void names_every_slip_and_what_was_meant() {
        assertThat(aws.claims(Map.of("region", "us-wst-2", "instance_type", "p4d.24xlrge")))
                .isEqualTo(
                        new Claim.Flawed(
                                List.of(
                                        "\"us-wst-2\" is not a region; did you mean us-west-2?",
                                        "\"p4d.24xlrge\" is not an instance type; did you mean p4d.24xlarge?")));
    }

    @Test
    void refuses_a_zone_of_another_region_and_a_market_that_is_none() {
        var flawed =
                (Claim.Flawed)
                        aws.claims(
                                Map.of(
                                        "region",
                                        "us-west-2",
                                        "zone",
                                        "us-west-1a",
                                        "market",
                                        "sport"));

        assertThat(flawed.problems())
                .containsExactly(
                        "\"us-west-1a\" is not a zone of us-west-2; did you mean us-west-2a?",
                        "\"sport\" is not a market; did you mean spot?");
    }

    @Test
    void leaves_other_clouds_configs_alone() {
        var others =
                List.of(
                        Map.of("location", "eastus", "vm_size", "Standard_ND96amsr_A100_v4"),
                        Map.of("region", "cn-hangzhou", "instance_type", "ecs.gn7i-c8g1.2xlarge"),
                        // a region name that both clouds have
                        Map.of("region", "us-west-1", "instance_type", "ecs.g8i.large"),
                        Map.of("region", "cn-hangzhou"),
                        Map.<String, String>of());

        assertThat(others).extracting(aws::claims).containsOnly(new Claim.NotMine());
    }
}
