package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.emulator.faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OffersIT {
    @TempDir Path folder;
    private EmulatedAws aws;

    @BeforeEach
    void start() {
        aws = new EmulatedAws(folder);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void offers_are_in_the_configured_regions_and_in_zones_where_aws_has_the_type() {
        try (var driver = aws.driver(Map.of("regions", "us-west-2, us-east-1"))) {
            assertThat(driver.offers(OfferQuery.any()))
                    .extracting(Offer::region)
                    .containsOnly("us-west-2", "us-east-1");
            assertThat(driver.offers(p4d()))
                    .isNotEmpty()
                    .allSatisfy(offer ->
                            assertThat(
                                            aws.ec2
                                                    .describeInstanceTypeOfferings(r ->
                                                            r.locationType("availability-zone")
                                                                    .filters(f ->
                                                                            f.name("location")
                                                                                    .values(
                                                                                            offer
                                                                                                    .zone())))
                                                    .instanceTypeOfferings())
                                    .extracting(one -> one.instanceTypeAsString())
                                    .contains("p4d.24xlarge"));
        }
    }

    @Test
    void aws_is_asked_once_a_region_and_not_each_time() {
        try (var driver = aws.driver(Map.of())) {
            driver.offers(OfferQuery.any());
            driver.offers(OfferQuery.any());
        }
        assertThat(aws.calls("DescribeInstanceTypeOfferings")).isEqualTo(1);
    }

    @Test
    void the_catalogue_must_do_where_aws_cannot_be_asked() {
        aws.control().fault(Fault.error("DescribeInstanceTypeOfferings", "UnauthorizedOperation"));
        try (var driver = aws.driver(Map.of())) {
            assertThat(driver.offers(p4d())).isNotEmpty();
        }
    }

    @Test
    void spot_prices_are_marked_as_estimated() {
        try (var driver = aws.driver(Map.of("regions", "us-east-1"))) {
            assertThat(driver.offers(OfferQuery.any()))
                    .allSatisfy(offer ->
                            assertThat(offer.priceEstimated())
                                    .isEqualTo(offer.market() == Market.SPOT));
        }
    }

    private static OfferQuery p4d() {
        return new OfferQuery(
                Optional.of("us-west-2"),
                Optional.empty(),
                Optional.of("p4d.24xlarge"),
                Optional.empty());
    }
}
