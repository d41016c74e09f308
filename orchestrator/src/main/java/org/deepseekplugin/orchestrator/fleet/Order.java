package org.deepseekplugin.orchestrator.fleet;

import org.deepseekplugin.cloud.spi.Offer;

/// What a replica wants rented: one machine of this offer.
public record Order(String project, String replica, Offer offer) {}
