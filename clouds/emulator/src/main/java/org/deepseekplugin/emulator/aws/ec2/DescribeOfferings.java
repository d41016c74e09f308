package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Page;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Zone;

/// Which types are offered where: `DescribeInstanceTypeOfferings`.
record DescribeOfferings(Catalogue catalogue) implements Ec2Action {

    private record Offering(String type, String locationType, String location) {}

    @Override
    public Set<String> parameters() {
        return Set.of("LocationType", "Filter", "MaxResults", "NextToken");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var kind = call.params().text("LocationType").orElse("region");
        var filter = Filters.of(call.params(), filters());
        var offerings =
                catalogue.zonesOf(call.region()).stream()
                        .flatMap(zone -> offerings(zone, kind))
                        .distinct()
                        .filter(filter)
                        .toList();
        var page =
                Page.of(
                        offerings,
                        one -> one.type() + " " + one.location(),
                        call.params(),
                        5,
                        1000);
        out.items(
                "instanceTypeOfferingSet",
                page.items(),
                (xml, one) ->
                        xml.text("instanceType", one.type())
                                .text("locationType", one.locationType())
                                .text("location", one.location()));
        page.next().ifPresent(token -> out.text("nextToken", token));
    }

    private static Stream<Offering> offerings(Zone zone, String kind) {
        var location =
                switch (kind) {
                    case "region" -> zone.region();
                    case "availability-zone" -> zone.name();
                    case "availability-zone-id" -> Ids.zone(zone);
                    default ->
                            throw AwsError.invalidValue(
                                    "Value ( %s ) for parameter locationType is invalid."
                                            .formatted(kind));
                };
        return zone.types().stream().map(type -> new Offering(type, kind, location));
    }

    private static Map<String, Function<Offering, List<String>>> filters() {
        return Map.ofEntries(
                Map.entry("instance-type", offering -> List.of(offering.type())),
                Map.entry("location", offering -> List.of(offering.location())));
    }
}
