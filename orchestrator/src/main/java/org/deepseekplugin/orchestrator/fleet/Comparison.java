package org.deepseekplugin.orchestrator.fleet;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.jspecify.annotations.Nullable;

/// Compares our books with one cloud's complete listing. A listing lags, so a machine that is not
/// in it is only gone when it had time to appear and a second listing agrees.
final class Comparison {
    private static final int AGREEING = 2;

    /// @param intents that are not closed
    /// @param rentals that are held or to be returned
    /// @param staleBefore intents in doubt from before then may have lost their token
    record Recorded(List<Intent> intents, List<Rental> rentals, Instant staleBefore) {}

    private final Duration lag;

    /// In how many listings in a row a machine was missing.
    private final Map<InstanceId, Integer> missing = new HashMap<>();

    Comparison(Duration lag) {
        this.lag = lag;
    }

    List<Finding> compare(Recorded recorded, InstanceListing listing) {
        var listed = listing.instances().stream().collect(toMap(i -> i.id(), i -> i, (a, b) -> b));
        missing.keySet().retainAll(recorded.rentals().stream().map(Rental::id).toList());
        var findings = new ArrayList<Finding>();
        for (var rental : recorded.rentals()) {
            about(rental, listed.get(rental.id()), listing.startedAt()).ifPresent(findings::add);
        }
        findings.addAll(unbooked(recorded, listing));
        return findings;
    }

    /// Whether a machine is missing but not yet given up: the next listing is wanted soon.
    boolean isWaiting() {
        return !missing.isEmpty();
    }

    private Optional<Finding> about(
            Rental rental, org.deepseekplugin.cloud.spi.@Nullable Instance listed, Instant at) {
        if (listed == null) {
            boolean hadTime = !at.isBefore(rental.createdAt().plus(lag));
            boolean gone = hadTime && missing.merge(rental.id(), 1, Integer::sum) >= AGREEING;
            return gone
                    ? Optional.of(gone(rental, "its cloud no longer lists it", false))
                    : Optional.empty();
        }
        missing.remove(rental.id());
        if (!listed.state().isLive()) {
            return Optional.of(gone(rental, "its cloud ended it", false));
        }
        if (listed.state() == InstanceState.STOPPED && rental.state().isHeld()) {
            return Optional.of(gone(rental, "its cloud stopped it", true));
        }
        return listed.address()
                .filter(address -> !rental.address().equals(Optional.of(address)))
                .map(address -> new Finding.Addressed(rental, address));
    }

    private static Finding gone(Rental rental, String why, boolean stillListed) {
        return rental.state() == Rental.State.RELEASING
                ? new Finding.Returned(rental)
                : new Finding.Lost(rental, why, stillListed);
    }

    private List<Finding> unbooked(Recorded recorded, InstanceListing listing) {
        var intents = recorded.intents().stream().collect(toMap(Intent::id, i -> i));
        Set<InstanceId> booked =
                new HashSet<>(recorded.rentals().stream().map(Rental::id).toList());
        var findings = new ArrayList<Finding>();
        var found = new HashSet<String>();
        for (var machine : listing.instances()) {
            if (!machine.state().isLive() || booked.contains(machine.id())) {
                continue;
            }
            var intent = machine.intent().map(intents::get);
            boolean awaited =
                    intent.filter(Comparison::isAsking).filter(i -> found.add(i.id())).isPresent();
            findings.add(
                    awaited
                            ? new Finding.Found(intent.orElseThrow(), machine)
                            : new Finding.Stray(machine));
        }
        recorded.intents().stream()
                .filter(i -> i.inDoubt() && isAsking(i) && !found.contains(i.id()))
                .filter(i -> i.createdAt().isBefore(recorded.staleBefore()))
                .filter(i -> !listing.startedAt().isBefore(i.updatedAt().plus(lag)))
                .forEach(i -> findings.add(new Finding.NoTrace(i)));
        return findings;
    }

    private static boolean isAsking(Intent intent) {
        return intent.state() == Intent.State.ASKING || intent.state() == Intent.State.WITHDRAWN;
    }
}
