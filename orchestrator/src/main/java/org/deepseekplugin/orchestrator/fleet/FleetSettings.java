package org.deepseekplugin.orchestrator.fleet;

import java.time.Duration;
import org.deepseekplugin.cloud.spi.OwnerTag;

/// @param owner tags every machine of this installation
/// @param bootDeadline a machine that has not joined by then is returned
/// @param listEvery how often our books are compared with a quiet cloud's
/// @param listSoon how often while something is under way
/// @param tokenLife how long a cloud remembers a token for certain (Alibaba Cloud: 24 h); after
///   that only a listing can settle an intent in doubt
public record FleetSettings(
        OwnerTag owner,
        Duration bootDeadline,
        Duration listEvery,
        Duration listSoon,
        Duration tokenLife) {

    public static FleetSettings of(OwnerTag owner) {
        return new FleetSettings(
                owner,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofHours(23));
    }
}
