package org.deepseekplugin.orchestrator.offers;

import java.util.Optional;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OfferQuery;

/// Offers of one cloud that will do: one line of a service's `where`, understood.
public record Place(String cloud, OfferQuery query) {

    Place onDemandUnlessSaid() {
        var market = Optional.of(query.market().orElse(Market.ON_DEMAND));
        return new Place(
                cloud, new OfferQuery(query.region(), query.zone(), query.instanceType(), market));
    }
}
