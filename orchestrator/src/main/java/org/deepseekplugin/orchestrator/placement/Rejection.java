package org.deepseekplugin.orchestrator.placement;

import org.deepseekplugin.cloud.spi.Offer;

/// An offer that was not taken, and why.
public record Rejection(Offer offer, Reason reason) {

    public sealed interface Reason {
        record TooSmall(String missing) implements Reason {}

        record WasRefused(Refusal refusal) implements Reason {}
    }

    @Override
    public String toString() {
        var where = offer.instanceType() + " in " + offer.zone();
        return switch (reason) {
            case Reason.TooSmall(var missing) -> where + " is too small: " + missing;
            case Reason.WasRefused(var refusal) ->
                    "%s was refused (%s)".formatted(where, refusal.brief());
        };
    }
}
