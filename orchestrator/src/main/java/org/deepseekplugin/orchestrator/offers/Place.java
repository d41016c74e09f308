package org.deepseekplugin.orchestrator.offers;

import org.deepseekplugin.cloud.spi.OfferQuery;

/// Offers of one cloud that will do: one line of a service's `where`, understood.
public record Place(String cloud, OfferQuery query) {}
