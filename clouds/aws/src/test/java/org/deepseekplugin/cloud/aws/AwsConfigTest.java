package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.deepseekplugin.cloud.spi.DriverFactory;
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
        assertThat(config.rootVolumeGib()).isEqualTo(200);
        assertThat(config.publicAddress()).isEmpty();
        assertThat(config.toString()).doesNotContain("hidden");
    }

    @Test
    void every_problem_is_named_at_once_with_its_remedy() {
        assertThatThrownBy(() ->
                        AwsConfig.of(
                                Map.of(
                                        "regions", "us-wst-2",
                                        "deadline", "soon",
                                        "listing-page-size", "3",
                                        "root-volume", "200",
                                        "public-address", "perhaps"),
                                Catalogue.load().regions()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "clouds.aws.regions: \"us-wst-2\" is not a region; did you mean us-west-2?",
                        "clouds.aws.credentials.access-key-id: missing",
                        "clouds.aws.credentials.secret-access-key: missing",
                        "clouds.aws.deadline: \"soon\" is not a time",
                        "clouds.aws.listing-page-size: \"3\"",
                        "clouds.aws.root-volume: \"200\" is not a size",
                        "clouds.aws.public-address: \"perhaps\" must be subnet, yes or no");
    }

    @Test
    void factory_is_found() {
        assertThat(ServiceLoader.load(DriverFactory.class))
                .extracting(DriverFactory::cloud)
                .contains("aws");
    }
}
