package org.deepseekplugin.orchestrator.fleet;

import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.Market;

/// A rented machine in our books.
///
/// @param address the private address, once known
/// @param price an hour, as text with its currency
/// @param createdAt when it entered our books
public record Rental(
        InstanceId id,
        String project,
        String intent,
        String replica,
        String zone,
        String instanceType,
        Market market,
        Optional<String> address,
        State state,
        Optional<String> price,
        Instant createdAt,
        Instant updatedAt) {

    public enum State {
        /// Rented; its agent has not joined yet.
        BOOTING,
        JOINED,
        /// To be returned until the cloud's listing agrees.
        RELEASING,
        RETURNED,
        /// Gone without our doing.
        LOST;

        public boolean isHeld() {
            return this == BOOTING || this == JOINED;
        }
    }
}
