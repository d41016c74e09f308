package org.deepseekplugin.orchestrator.offers;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;

/// What can be rented now, as [PriceList]s of all clouds. Thread-safe.
public final class Offers {
    private static final int REMEMBERED_QUERIES = 500;

    private final Map<String, Cloud> clouds = new TreeMap<>();
    private final Prices prices;
    private final Surroundings surroundings;

    /// The oldest first.
    private final Map<Place, PriceList> lists = new LinkedHashMap<>();

    public Offers(List<Cloud> clouds, Prices prices, Surroundings surroundings) {
        clouds.forEach(cloud -> this.clouds.put(cloud.name(), cloud));
        this.prices = prices;
        this.surroundings = surroundings;
    }

    public Prices prices() {
        return prices;
    }

    /// Cheapest first, unknown prices last. A cloud that cannot be asked is left out and logged.
    ///
    /// @param cloud empty for all
    public List<Offer> list(Optional<String> cloud, OfferQuery query) {
        return clouds.keySet().stream()
                .filter(name -> cloud.map(name::equals).orElse(true))
                .flatMap(name -> offers(new Place(name, query)))
                .sorted(cheapestFirst())
                .toList();
    }

    /// Every offer that one of the places accepts, in any order; if there are none, all that any
    /// cloud has on demand.
    public List<Offer> at(Collection<Place> places) {
        return places.isEmpty()
                ? clouds.keySet().stream()
                        .map(name -> new Place(name, OfferQuery.any()).onDemandUnlessSaid())
                        .flatMap(this::offers)
                        .toList()
                : places.stream().flatMap(this::offers).distinct().toList();
    }

    private Stream<Offer> offers(Place place) {
        var cloud = clouds.get(place.cloud());
        return cloud == null ? Stream.empty() : list(place, cloud).offers().stream();
    }

    private PriceList list(Place place, Cloud cloud) {
        synchronized (lists) {
            var list = lists.computeIfAbsent(place, _ -> new PriceList(cloud, place, surroundings));
            if (lists.size() > REMEMBERED_QUERIES) {
                lists.remove(lists.keySet().iterator().next());
            }
            return list;
        }
    }

    private Comparator<Offer> cheapestFirst() {
        return comparing(Offer::hourlyPrice, prices.cheapestFirst())
                .thenComparing(Offer::cloud)
                .thenComparing(Offer::zone)
                .thenComparing(Offer::instanceType)
                .thenComparing(Offer::market);
    }
}
