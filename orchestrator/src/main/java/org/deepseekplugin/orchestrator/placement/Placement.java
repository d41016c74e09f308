package org.deepseekplugin.orchestrator.placement;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Money;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.orchestrator.placement.Rejection.Reason;

/// Chooses where a replica goes: the cheapest offer that fits and that nobody has refused. Equal
/// prices go to the zone with fewest peers, so that one zone's failure takes few replicas.
///
/// A pure function of a snapshot, so it can be replayed, explained and tested without a cloud.
/// Equal input gives equal output.
public final class Placement {
    private static final int TOLD = 5;

    /// @param offers all that would do, in any order
    /// @param peers how many of the service's other replicas each `<cloud>/<zone>` has
    public record Snapshot(
            List<Offer> offers,
            Need need,
            List<Refusal> refusals,
            Map<String, Integer> peers,
            Prices prices,
            Instant now) {}

    /// What was chosen, and why each better-ranked offer was not.
    public sealed interface Decision {
        List<Rejection> rejected();

        record Chosen(Offer offer, List<Rejection> rejected) implements Decision {}

        record Nowhere(List<Rejection> rejected) implements Decision {

            /// When the first of the refusals expires; empty if waiting does not help.
            public Optional<Duration> worthAnotherLook(Instant now) {
                return rejected.stream()
                        .flatMap(r ->
                                r.reason() instanceof Reason.WasRefused(var refusal)
                                        ? Optional.of(refusal.until()).stream()
                                        : Optional.<Instant>empty().stream())
                        .min(Comparator.naturalOrder())
                        .map(until -> Duration.between(now, until));
            }
        }

        /// For people: the choice, its price, and what was tried before.
        default String explained() {
            var why =
                    rejected().stream().limit(TOLD).map(Rejection::toString).collect(joining("; "));
            var more =
                    rejected().size() > TOLD
                            ? "; and %d more".formatted(rejected().size() - TOLD)
                            : "";
            return switch (this) {
                case Chosen(var offer, var rejected) ->
                        "%s %s in %s (%s) at %s an hour is the cheapest that fits%s"
                                .formatted(
                                        offer.cloud(),
                                        offer.instanceType(),
                                        offer.zone(),
                                        offer.market() == Market.SPOT ? "spot" : "on demand",
                                        offer.hourlyPrice()
                                                .map(Money::toString)
                                                .orElse("an unknown price"),
                                        rejected.isEmpty() ? "" : "; before it: " + why + more);
                case Nowhere(var rejected) ->
                        rejected.isEmpty()
                                ? "no active cloud offers what `where` asks for"
                                : "nothing to rent now: " + why + more;
            };
        }
    }

    public static Decision place(Snapshot snapshot) {
        var preference = preference(snapshot);
        var acceptable = new ArrayList<Offer>();
        var rejected = new ArrayList<Rejection>();
        for (var offer : snapshot.offers()) {
            against(offer, snapshot)
                    .ifPresentOrElse(
                            reason -> rejected.add(new Rejection(offer, reason)),
                            () -> acceptable.add(offer));
        }
        var best = acceptable.stream().min(preference);
        var before =
                rejected.stream()
                        .filter(r ->
                                best.map(b -> preference.compare(r.offer(), b) < 0).orElse(true))
                        .sorted(Comparator.comparing(Rejection::offer, preference))
                        .toList();
        return best.<Decision>map(offer -> new Decision.Chosen(offer, before))
                .orElseGet(() -> new Decision.Nowhere(before));
    }

    private static Optional<Reason> against(Offer offer, Snapshot snapshot) {
        var missing = snapshot.need().missing(offer);
        if (missing.isPresent()) {
            return missing.map(Reason.TooSmall::new);
        }
        return snapshot.refusals().stream()
                .filter(refusal -> refusal.covers(offer, snapshot.now()))
                .findFirst()
                .map(Reason.WasRefused::new);
    }

    private static Comparator<Offer> preference(Snapshot snapshot) {
        return Comparator.comparing(Offer::hourlyPrice, snapshot.prices().cheapestFirst())
                .thenComparing(offer ->
                        snapshot.peers().getOrDefault(offer.cloud() + "/" + offer.zone(), 0))
                .thenComparing(Offer::cloud)
                .thenComparing(Offer::zone)
                .thenComparing(Offer::instanceType)
                .thenComparing(Offer::market);
    }

    private Placement() {}
}
