package org.deepseekplugin.cloud.spi;

import java.util.Optional;

/// Which offers are wanted; an empty field means any.
public record OfferQuery(
        Optional<String> region,
        Optional<String> zone,
        Optional<String> instanceType,
        Optional<Market> market) {

    public static OfferQuery any() {
        return new OfferQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public boolean accepts(Offer offer) {
        return region.map(offer.region()::equals).orElse(true)
                && zone.map(offer.zone()::equals).orElse(true)
                && instanceType.map(offer.instanceType()::equals).orElse(true)
                && market.map(offer.market()::equals).orElse(true);
    }
}
