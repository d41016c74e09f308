package org.deepseekplugin.cloud.spi;

import java.time.Duration;
import java.util.Set;

/// What a driver can do. Callers ask here instead of knowing clouds by name.
///
/// @param tokenScope how long and where a token stays idempotent
/// @param listingLag how far a listing may lag behind the truth at worst
public record Capabilities(Set<Feature> features, TokenScope tokenScope, Duration listingLag) {

    public enum Feature {
        LIST,
        TERMINATE,
        SPOT,
        NETWORKS,
        INTERRUPTION_NOTICE,
        GANG
    }

    /// Where the same token means the same machines.
    public enum TokenScope {
        /// In one zone; the same token in another zone makes another machine (AWS).
        ZONE,
        REGION,
        /// In the whole account.
        ACCOUNT
    }

    public Capabilities {
        features = Set.copyOf(features);
    }

    public boolean can(Feature feature) {
        return features.contains(feature);
    }
}
