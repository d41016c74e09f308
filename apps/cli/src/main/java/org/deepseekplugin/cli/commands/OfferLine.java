package org.deepseekplugin.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.deepseekplugin.cli.output.Cell;
import tools.jackson.databind.JsonNode;

/// The offers of one machine type in one region: all zones, on demand and spot.
///
/// @param offers cheapest first
record OfferLine(List<JsonNode> offers) {

    /// @param offers cheapest first, which is how the lines come, too
    static List<OfferLine> fold(JsonNode offers) {
        var groups = new LinkedHashMap<List<String>, List<JsonNode>>();
        for (var offer : offers) {
            var key =
                    List.of(
                            Cell.text(offer, "cloud"),
                            Cell.text(offer, "region"),
                            Cell.text(offer, "instance_type"));
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(offer);
        }
        return groups.values().stream().map(OfferLine::new).toList();
    }

    String[] cells() {
        var any = offers.getFirst();
        return new String[] {
            Cell.text(any, "cloud"),
            Cell.text(any, "region"),
            Cell.text(any, "instance_type"),
            price("on_demand"),
            price("spot"),
            Cell.text(any, "vcpus"),
            Long.toString(any.path("memory_mib").asLong() / 1024),
            Cell.accelerators(any),
            zones(Cell.text(any, "region"))
        };
    }

    /// The cheapest zone's.
    private String price(String market) {
        return offers.stream()
                .filter(offer -> Cell.text(offer, "market").equals(market))
                .findFirst()
                .map(Cell::price)
                .orElse("-");
    }

    /// `a b c` for `us-west-2a`, `us-west-2b` and `us-west-2c`.
    private String zones(String region) {
        return String.join(
                " ",
                offers.stream()
                        .map(offer -> Cell.text(offer, "zone"))
                        .distinct()
                        .sorted()
                        .map(zone ->
                                zone.startsWith(region) ? zone.substring(region.length()) : zone)
                        .toList());
    }
}
