package org.deepseekplugin.orchestrator.placement;

import java.time.Instant;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Offer;

/// A cloud said no. It holds for its scope until it expires.
///
/// @param code the cloud's own
/// @param times how often in a row; each time it holds longer, see [Patience]
public record Refusal(
        String cloud,
        Scope scope,
        CloudFailure.Kind kind,
        String code,
        String message,
        int times,
        Instant until) {

    public boolean covers(Offer offer, Instant now) {
        return now.isBefore(until) && offer.cloud().equals(cloud) && scope.covers(offer);
    }
}
