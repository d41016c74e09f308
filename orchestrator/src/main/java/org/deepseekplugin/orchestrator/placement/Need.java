package org.deepseekplugin.orchestrator.placement;

import java.util.Optional;
import org.deepseekplugin.cloud.spi.Offer;

/// What a model asks of a machine.
///
/// @param memoryMib main memory in MiB
/// @param acceleratorMemoryMib memory of all accelerators together in MiB; 0 if none is needed
public record Need(long memoryMib, long acceleratorMemoryMib) {

    /// Why the offer is too small; empty if it fits.
    Optional<String> missing(Offer offer) {
        if (offer.memoryMib() < memoryMib) {
            return Optional.of(
                    "%d MiB of memory, %d needed".formatted(offer.memoryMib(), memoryMib));
        }
        long has =
                offer.accelerators()
                        .map(a -> (long) (a.count().doubleValue() * a.memoryMibEach()))
                        .orElse(0L);
        return has < acceleratorMemoryMib
                ? Optional.of(
                        "%d MiB of accelerator memory, %d needed"
                                .formatted(has, acceleratorMemoryMib))
                : Optional.empty();
    }
}
