package org.deepseekplugin.orchestrator.placement;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
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

    /// `capacity, InsufficientInstanceCapacity, until 2026-01-01T00:18:06Z`.
    public String brief() {
        var word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "%s, %s, until %s".formatted(word, code, until.truncatedTo(ChronoUnit.SECONDS));
    }
}
