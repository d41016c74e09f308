package org.deepseekplugin.server.control;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.orchestrator.offers.Offers;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;

/// The regions that the clouds are configured for, known by what they offer. A place elsewhere is a
/// slip that would be waited for in vain.
public final class Regions {
    private final Offers offers;

    public Regions(Offers offers) {
        this.offers = offers;
    }

    /// @param key of a place's region, with `%d` for which one it is
    /// @param where the places of a service, any of which will do
    /// @return a sentence for each place that can never be
    /// @throws PlatformException `invalid_config` when none of them can be
    List<String> check(String key, List<Map<String, String>> where) {
        if (where.stream().allMatch(place -> region(place).isEmpty())) {
            return List.of();
        }
        var known = known();
        var elsewhere = new ArrayList<String>();
        for (int i = 0; i < where.size(); i++) {
            var path = key.formatted(i);
            unknown(where.get(i), known).map(what -> path + ": " + what).ifPresent(elsewhere::add);
        }
        if (!elsewhere.isEmpty() && elsewhere.size() == where.size()) {
            throw new PlatformException(ErrorCode.INVALID_CONFIG, String.join("\n", elsewhere));
        }
        return elsewhere;
    }

    /// A cloud that tells of no region now cannot say which are wrong.
    private static Optional<String> unknown(
            Map<String, String> place, Map<String, SortedSet<String>> known) {
        var cloud = Optional.ofNullable(place.get("cloud"));
        var asked =
                cloud.<Map<String, SortedSet<String>>>map(
                                name -> Map.of(name, known.getOrDefault(name, new TreeSet<>())))
                        .orElse(known);
        var regions = asked.values().stream().flatMap(Collection::stream).sorted().toList();
        return region(place)
                .filter(region -> !regions.isEmpty() && !regions.contains(region))
                .map(region -> sentence(region, asked, regions));
    }

    private static String sentence(
            String region, Map<String, SortedSet<String>> known, List<String> regions) {
        var there =
                new TreeMap<>(known)
                        .entrySet().stream()
                                .map(entry ->
                                        entry.getKey() + ": " + String.join(", ", entry.getValue()))
                                .collect(joining("; "));
        var keys = known.keySet().stream().sorted().map("clouds.%s.regions"::formatted);
        return "\"%s\" is not a configured region; there are %s.%s To rent there, add it to %s."
                .formatted(
                        region,
                        there,
                        Nearest.hint(region, regions),
                        keys.collect(joining(" or ")));
    }

    private static Optional<String> region(Map<String, String> place) {
        return Stream.of("region", "location")
                .flatMap(key -> Optional.ofNullable(place.get(key)).stream())
                .findFirst();
    }

    private Map<String, SortedSet<String>> known() {
        return offers.list(Optional.empty(), OfferQuery.any()).stream()
                .collect(
                        groupingBy(
                                Offer::cloud, mapping(Offer::region, toCollection(TreeSet::new))));
    }
}
