package org.deepseekplugin.orchestrator.offers;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What can be rented now. Answers are up to [#FRESH] old, so that many replicas that look for a
/// place together ask a cloud once.
public final class Offers {
    private static final Logger log = LoggerFactory.getLogger(Offers.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int REMEMBERED_QUERIES = 500;

    private record Answer(Instant at, List<Offer> offers) {}

    private final Map<String, Cloud> clouds = new TreeMap<>();
    private final Prices prices;
    private final Surroundings surroundings;
    private final Map<Place, Answer> answers = new ConcurrentHashMap<>();

    public Offers(List<Cloud> clouds, Prices prices, Surroundings surroundings) {
        clouds.forEach(cloud -> this.clouds.put(cloud.name(), cloud));
        this.prices = prices;
        this.surroundings = surroundings;
    }

    /// Cheapest first, unknown prices last. A cloud that cannot be asked is left out and logged.
    ///
    /// @param cloud empty for all
    public List<Offer> list(Optional<String> cloud, OfferQuery query) {
        return find(
                clouds.keySet().stream()
                        .filter(name -> cloud.map(name::equals).orElse(true))
                        .map(name -> new Place(name, query))
                        .toList());
    }

    /// Every offer that one of the places accepts; every offer of all clouds if there are none.
    public List<Offer> at(Collection<Place> places) {
        return places.isEmpty() ? list(Optional.empty(), OfferQuery.any()) : find(places);
    }

    private List<Offer> find(Collection<Place> places) {
        return places.stream()
                .flatMap(place -> ask(place).stream())
                .distinct()
                .sorted(cheapestFirst())
                .toList();
    }

    private Comparator<Offer> cheapestFirst() {
        return comparing(Offer::hourlyPrice, prices.cheapestFirst())
                .thenComparing(Offer::cloud)
                .thenComparing(Offer::zone)
                .thenComparing(Offer::instanceType)
                .thenComparing(Offer::market);
    }

    private List<Offer> ask(Place place) {
        var known = answers.get(place);
        var now = surroundings.now();
        if (known != null && now.isBefore(known.at().plus(FRESH))) {
            return known.offers();
        }
        var cloud = clouds.get(place.cloud());
        if (cloud == null) {
            return List.of();
        }
        try {
            var offers = cloud.driver().offers(place.query());
            if (answers.size() >= REMEMBERED_QUERIES) {
                answers.clear();
            }
            answers.put(place, new Answer(now, offers));
            return offers;
        } catch (CloudException e) {
            log.atWarn().setCause(e).addKeyValue("cloud", place.cloud()).log("cannot list offers");
            return known == null ? List.of() : known.offers();
        }
    }
}
