package org.deepseekplugin.emulator.aws;

import java.util.List;
import java.util.Set;
import org.deepseekplugin.emulator.machines.Catalogue;
import org.deepseekplugin.emulator.machines.Zone;

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
            var filters = Filters.of(call.params());
            var regions =
                    catalogue.zones().stream()
                            .map(Zone::region)
                            .distinct()
                            .filter(region -> named.isEmpty() || named.contains(region))
                            .filter(region -> filters.accept(name -> attribute(region, name)))
                            .toList();
            if (!regions.containsAll(named) && filters.all().isEmpty()) {
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

        private static List<String> attribute(String region, String filter) {
            return switch (filter) {
                case "region-name" -> List.of(region);
                case "endpoint" -> List.of(endpoint(region));
                case "opt-in-status" -> List.of("opt-in-not-required");
                default -> throw Filters.unknown(filter);
            };
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
            var filters = Filters.of(call.params());
            var zones = catalogue.zonesOf(call.region());
            for (var name : names) {
                if (zones.stream().noneMatch(zone -> zone.name().equals(name))) {
                    throw AwsError.invalidValue("Invalid availability zone: [" + name + "]");
                }
            }
            var shown =
                    zones.stream()
                            .filter(zone -> names.isEmpty() || names.contains(zone.name()))
                            .filter(zone -> ids.isEmpty() || ids.contains(id(zone)))
                            .filter(zone -> filters.accept(name -> attribute(zone, name)))
                            .toList();
            out.items("availabilityZoneInfo", shown, Zones::describe);
        }

        private static void describe(Xml out, Zone zone) {
            out.text("zoneName", zone.name())
                    .text("zoneId", id(zone))
                    .text("zoneState", "available")
                    .text("regionName", zone.region())
                    .text("groupName", zone.region())
                    .text("networkBorderGroup", zone.region())
                    .text("optInStatus", "opt-in-not-required")
                    .text("zoneType", "availability-zone")
                    .items("messageSet", List.of(), (_, _) -> {});
        }

        private static List<String> attribute(Zone zone, String filter) {
            return switch (filter) {
                case "zone-name" -> List.of(zone.name());
                case "zone-id" -> List.of(id(zone));
                case "region-name" -> List.of(zone.region());
                case "state" -> List.of("available");
                case "zone-type" -> List.of("availability-zone");
                case "opt-in-status" -> List.of("opt-in-not-required");
                default -> throw Filters.unknown(filter);
            };
        }
    }

    /// `usw2-az1` for `us-west-2a`, as AWS writes them.
    static String id(Zone zone) {
        var words = zone.region().split("-", -1);
        var area =
                switch (words[1]) {
                    case "northeast" -> "ne";
                    case "northwest" -> "nw";
                    case "southeast" -> "se";
                    case "southwest" -> "sw";
                    default -> words[1].substring(0, 1);
                };
        int number = zone.name().charAt(zone.name().length() - 1) - 'a' + 1;
        return words[0] + area + words[2] + "-az" + number;
    }

    private DescribePlaces() {}
}
