package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Zone;

/// Regions and availability zones. Every account sees all of them, opted in.
final class DescribePlaces {

    record Regions(Catalogue catalogue) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return Set.of("RegionName", "AllRegions", "Filter");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var named = call.params().list("RegionName");
            var filter = Filters.of(call.params(), filters());
            var regions =
                    catalogue.zones().stream()
                            .map(Zone::region)
                            .distinct()
                            .filter(region -> named.isEmpty() || named.contains(region))
                            .filter(filter)
                            .toList();
            if (call.params().elements("Filter").isEmpty() && !regions.containsAll(named)) {
                throw AwsError.invalidValue("Invalid region provided: " + named);
            }
            out.items(
                    "regionInfo",
                    regions,
                    (xml, region) ->
                            xml.text("regionName", region)
                                    .text("regionEndpoint", endpoint(region))
                                    .text("optInStatus", "opt-in-not-required"));
        }

        private static Map<String, Function<String, List<String>>> filters() {
            return Map.ofEntries(
                    Map.entry("region-name", region -> List.of(region)),
                    Map.entry("endpoint", region -> List.of(endpoint(region))),
                    Map.entry("opt-in-status", _ -> List.of("opt-in-not-required")));
        }

        private static String endpoint(String region) {
            return "ec2." + region + ".amazonaws.com";
        }
    }

    record Zones(Catalogue catalogue) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return Set.of("ZoneName", "ZoneId", "AllAvailabilityZones", "Filter");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var names = call.params().list("ZoneName");
            var ids = call.params().list("ZoneId");
            var filter = Filters.of(call.params(), filters());
            var zones = catalogue.zonesOf(call.region());
            for (var name : names) {
                if (zones.stream().noneMatch(zone -> zone.name().equals(name))) {
                    throw AwsError.invalidValue("Invalid availability zone: [" + name + "]");
                }
            }
            var shown =
                    zones.stream()
                            .filter(zone -> names.isEmpty() || names.contains(zone.name()))
                            .filter(zone -> ids.isEmpty() || ids.contains(Ids.zone(zone)))
                            .filter(filter)
                            .toList();
            out.items("availabilityZoneInfo", shown, Zones::describe);
        }

        private static void describe(Xml out, Zone zone) {
            out.text("zoneName", zone.name())
                    .text("zoneId", Ids.zone(zone))
                    .text("zoneState", "available")
                    .text("regionName", zone.region())
                    .text("groupName", zone.region())
                    .text("networkBorderGroup", zone.region())
                    .text("optInStatus", "opt-in-not-required")
                    .text("zoneType", "availability-zone")
                    .items("messageSet", List.of(), (_, _) -> {});
        }

        private static Map<String, Function<Zone, List<String>>> filters() {
            return Map.ofEntries(
                    Map.entry("zone-name", zone -> List.of(zone.name())),
                    Map.entry("zone-id", zone -> List.of(Ids.zone(zone))),
                    Map.entry("region-name", zone -> List.of(zone.region())),
                    Map.entry("state", _ -> List.of("available")),
                    Map.entry("zone-type", _ -> List.of("availability-zone")),
                    Map.entry("opt-in-status", _ -> List.of("opt-in-not-required")));
        }
    }

    private DescribePlaces() {}
}
