package org.deepseekplugin.cloud.aws;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.Suggestion;

/// Reads a resource config such as `{"region": "us-west-2", "instance_type": "p4d.24xlarge"}`.
/// Other clouds have the same keys, and even regions of the same names, so the instance type
/// decides before the region does.
final class ResourceConfig {
    private static final Set<String> KEYS = Set.of("region", "zone", "instance-type", "market");

    private final Catalogue catalogue;

    ResourceConfig(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Claim read(Map<String, String> config) {
        var values = new TreeMap<String, String>();
        config.forEach((key, value) -> values.put(key.toLowerCase(ROOT).replace('_', '-'), value));
        var zone = Optional.ofNullable(values.get("zone"));
        var region =
                Optional.ofNullable(values.get("region"))
                        .or(() -> zone.map(ResourceConfig::regionOf));
        var type = Optional.ofNullable(values.get("instance-type"));
        if (!KEYS.containsAll(values.keySet()) || !mine(region, type)) {
            return new Claim.NotMine();
        }
        var problems = new ArrayList<String>();
        region.ifPresent(r -> check("a region", r, catalogue.regions(), problems));
        if (problems.isEmpty()) {
            zone.ifPresent(
                    z -> check("a zone of " + region.orElse(""), z, zonesOf(region, z), problems));
        }
        type.ifPresent(t -> check("an instance type", t, catalogue.types(), problems));
        var market = Optional.ofNullable(values.get("market")).map(m -> market(m, problems));
        return problems.isEmpty()
                ? new Claim.Claimed(new OfferQuery(region, zone, type, market))
                : new Claim.Flawed(problems);
    }

    /// A type settles it; without one, the region must be ours or look like a slip of one.
    private boolean mine(Optional<String> region, Optional<String> type) {
        return type.map(this::looksLikeOurType)
                .orElseGet(() ->
                        region.flatMap(r -> Suggestion.nearest(r, catalogue.regions()))
                                .isPresent());
    }

    private boolean looksLikeOurType(String type) {
        return catalogue.types().contains(type)
                || type.matches("[a-z]+\\d[a-z0-9-]*\\.[a-z0-9-]+")
                || Suggestion.nearest(type, catalogue.types()).isPresent();
    }

    private List<String> zonesOf(Optional<String> region, String zone) {
        return catalogue.zones(region.orElse(regionOf(zone)));
    }

    private static void check(
            String what, String value, Collection<String> known, List<String> problems) {
        if (!known.contains(value)) {
            problems.add(Suggestion.notA(what, value, known));
        }
    }

    private static Market market(String value, List<String> problems) {
        return switch (value.toLowerCase(ROOT).replace('_', '-')) {
            case "spot" -> Market.SPOT;
            case "on-demand" -> Market.ON_DEMAND;
            default -> {
                problems.add(Suggestion.notA("a market", value, List.of("spot", "on-demand")));
                yield Market.ON_DEMAND;
            }
        };
    }

    private static String regionOf(String zone) {
        return zone.isEmpty() ? "" : zone.substring(0, zone.length() - 1);
    }
}
