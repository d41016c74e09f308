package org.deepseekplugin.emulator.aws.ec2;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Page;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Zone;

/// `DescribeSpotPriceHistory`: one price a type and zone, which has held for an hour. It is an
/// estimate; see [AwsCatalogue].
record DescribeSpotPrices(Catalogue catalogue, InstantSource clock) implements Ec2Action {
    private static final String PRODUCT = "Linux/UNIX";

    private record Price(String type, String zone, BigDecimal hourly) {}

    @Override
    public Set<String> parameters() {
        return Set.of(
                "InstanceType",
                "ProductDescription",
                "AvailabilityZone",
                "StartTime",
                "EndTime",
                "Filter",
                "MaxResults",
                "NextToken");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var params = call.params();
        var types = params.list("InstanceType");
        var products = params.list("ProductDescription");
        var zone = params.text("AvailabilityZone");
        var filter = Filters.of(params, filters());
        var prices =
                catalogue.zonesOf(call.region()).stream()
                        .filter(one -> zone.isEmpty() || one.name().equals(zone.get()))
                        .flatMap(this::prices)
                        .filter(one -> types.isEmpty() || types.contains(one.type()))
                        .filter(one ->
                                products.isEmpty()
                                        || products.contains(PRODUCT)
                                        || products.contains(PRODUCT + " (Amazon VPC)"))
                        .filter(filter)
                        .toList();
        var page = Page.of(prices, one -> one.type() + " " + one.zone(), params, 1, 1000);
        var since = clock.instant().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        out.items(
                "spotPriceHistorySet",
                page.items(),
                (xml, one) ->
                        xml.text("instanceType", one.type())
                                .text("productDescription", PRODUCT)
                                .text("spotPrice", one.hourly().toPlainString())
                                .text("timestamp", since)
                                .text("availabilityZone", one.zone()));
        out.text("nextToken", page.next().orElse(""));
    }

    private Stream<Price> prices(Zone zone) {
        return zone.types().stream()
                .flatMap(type ->
                        catalogue.spotPrice(zone.region(), type).stream()
                                .map(hourly -> new Price(type, zone.name(), hourly)));
    }

    private static Map<String, Function<Price, List<String>>> filters() {
        return Map.ofEntries(
                Map.entry("instance-type", price -> List.of(price.type())),
                Map.entry("availability-zone", price -> List.of(price.zone())),
                Map.entry("product-description", _ -> List.of(PRODUCT)));
    }
}
