package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.DriverFactory;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.junit.jupiter.api.Test;

final class AwsConfigTest {
    private static final Map<String, String> GOOD =
            Map.of(
                    "regions", "us-west-2, us-east-1",
                    "credentials.access-key-id", "id",
                    "credentials.secret-access-key", "hidden");

    @Test
    void defaults_hold_where_keys_are_absent() {
        var config = AwsConfig.of(GOOD, Catalogue.load().regions());

        assertThat(config.regions()).containsExactly("us-west-2", "us-east-1");
        assertThat(config.deadline()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.pageSize()).isEqualTo(1000);
        assertThat(config.toString()).doesNotContain("hidden");
    }

    @Test
    void every_problem_is_named_at_once_with_its_remedy() {
        assertThatThrownBy(() ->
                        AwsConfig.of(
                                Map.of(
                                        "regions", "us-wst-2",
                                        "deadline", "soon",
                                        "listing-page-size", "3"),
                                Catalogue.load().regions()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "clouds.aws.regions: \"us-wst-2\" is not a region; did you mean us-west-2?",
                        "clouds.aws.credentials.access-key-id: missing",
                        "clouds.aws.credentials.secret-access-key: missing",
                        "clouds.aws.deadline: \"soon\" is not a time",
                        "clouds.aws.listing-page-size: \"3\"");
    }

    @Test
    void factory_is_found_and_its_driver_offers_only_configured_regions() {
        var aws =
                ServiceLoader.load(DriverFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(factory -> factory.cloud().equals("aws"))
                        .findFirst()
                        .orElseThrow();
        var context = new DriverContext(CloudCalls.direct(), Clock.systemUTC(), _ -> {});

        try (var driver = aws.create(GOOD, context)) {
            assertThat(driver.offers(OfferQuery.any()))
                    .isNotEmpty()
                    .allSatisfy(offer -> assertThat(offer.region()).isIn("us-west-2", "us-east-1"));
        }
    }
}
