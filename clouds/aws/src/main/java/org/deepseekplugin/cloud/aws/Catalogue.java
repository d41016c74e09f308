package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Accelerators;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Money;
import org.deepseekplugin.cloud.spi.Offer;

/// Which machine types AWS has, where, and at what price: `types.csv` and `places.txt`, whose first
/// lines say where they come from. Prices are of us-east-1, elsewhere estimated by them; spot
/// prices are on-demand less the spot advisor's average savings, or, where it names none,
/// on-demand, which spot does not exceed by default. Immutable.
final class Catalogue {
    private static final String HOME_OF_PRICES = "us-east-1";

    private record Type(
            String name,
            int vcpus,
            long memoryMib,
            Optional<Accelerators> accelerators,
            Optional<Money> onDemand) {}

    /// @param savings spot's average discount in percent; may be negative
    private record Place(String region, List<String> zones, Optional<Integer> savings) {}

    private final Map<String, Type> types = new TreeMap<>();
    private final Map<String, List<Place>> places = new LinkedHashMap<>();
    private final Map<String, List<String>> zonesByRegion = new TreeMap<>();

    static Catalogue load() {
        var catalogue = new Catalogue();
        lines("types.csv").forEach(catalogue::addType);
        lines("places.txt").forEach(catalogue::addPlaces);
        return catalogue;
    }

    Collection<String> regions() {
        return zonesByRegion.keySet();
    }

    List<String> zones(String region) {
        return zonesByRegion.getOrDefault(region, List.of());
    }

    Collection<String> types() {
        return types.keySet();
    }

    /// Every offer in the region, by type, zone and market.
    ///
    /// @param zones by type, as the account has them; empty: as the catalogue has them
    List<Offer> offers(String region, Optional<Map<String, List<String>>> zones) {
        var offers = new ArrayList<Offer>();
        for (var type : types.values()) {
            var place = place(type, region);
            var sold =
                    zones.map(known -> known.getOrDefault(type.name(), List.of()))
                            .orElse(place.zones());
            for (var zone : sold) {
                for (var market : Market.values()) {
                    offers.add(offer(type, place, zone, market));
                }
            }
        }
        return offers;
    }

    /// Where AWS has come to since the catalogue was written there are zones, but no savings.
    private Place place(Type type, String region) {
        return places.getOrDefault(type.name(), List.of()).stream()
                .filter(place -> place.region().equals(region))
                .findFirst()
                .orElseGet(() -> new Place(region, List.of(), Optional.empty()));
    }

    private static Offer offer(Type type, Place place, String zone, Market market) {
        return new Offer(
                AwsDriverFactory.CLOUD,
                place.region(),
                zone,
                type.name(),
                QuotaFamily.of(type.name()),
                market,
                type.onDemand().map(price -> market == Market.SPOT ? spot(price, place) : price),
                market == Market.SPOT || !place.region().equals(HOME_OF_PRICES),
                type.vcpus(),
                type.memoryMib(),
                type.accelerators());
    }

    private static Money spot(Money onDemand, Place place) {
        var share = BigDecimal.valueOf(100 - place.savings().orElse(0), 2);
        return new Money(onDemand.amount().multiply(share), onDemand.currency());
    }

    private void addType(String line) {
        var field = line.split(",", -1);
        var accelerators =
                field[3].isEmpty()
                        ? Optional.<Accelerators>empty()
                        : Optional.of(
                                new Accelerators(
                                        field[3],
                                        new BigDecimal(field[4]),
                                        Long.parseLong(field[5])));
        var price = Optional.of(field[6]).filter(usd -> !usd.isEmpty()).map(Money::usd);
        int vcpus = Integer.parseInt(field[1]);
        types.put(
                field[0], new Type(field[0], vcpus, Long.parseLong(field[2]), accelerators, price));
    }

    private void addPlaces(String line) {
        var words = List.of(line.split(" ", -1));
        if (words.get(1).equals("*")) {
            places.put(words.getFirst(), requireNonNull(places.get("*")));
            return;
        }
        var here = words.stream().skip(1).map(Catalogue::place).toList();
        places.put(words.getFirst(), here);
        here.forEach(place -> zonesByRegion.putIfAbsent(place.region(), place.zones()));
    }

    /// `us-west-2:abc:63`: region, letters of its zones, savings.
    private static Place place(String word) {
        var part = word.split(":", -1);
        var zones = part[1].chars().mapToObj(letter -> part[0] + (char) letter).toList();
        var savings =
                part.length > 2
                        ? Optional.of(Integer.parseInt(part[2]))
                        : Optional.<Integer>empty();
        return new Place(part[0], zones, savings);
    }

    private static List<String> lines(String resource) {
        try (var in = requireNonNull(Catalogue.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the AWS catalogue cannot be read", e);
        }
    }

    private Catalogue() {}
}
