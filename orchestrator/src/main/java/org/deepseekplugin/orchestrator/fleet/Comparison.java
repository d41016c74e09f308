package org.deepseekplugin.orchestrator.fleet;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
        var booked = recorded.rentals().stream().map(Rental::id).collect(toSet());
        missing.keySet().retainAll(booked);
        var findings = new ArrayList<Finding>();
        for (var rental : recorded.rentals()) {
            about(rental, listed.get(rental.id()), listing.startedAt()).ifPresent(findings::add);
        }
        findings.addAll(unbooked(recorded, listing, booked));
        findings.addAll(traceless(recorded, listing, findings));
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

    /// Live machines that our books do not have: the first of an intent that asks is what it asked
    /// for.
    private static List<Finding> unbooked(
            Recorded recorded, InstanceListing listing, Set<InstanceId> booked) {
        var asking = new HashMap<String, Intent>();
        recorded.intents().stream()
                .filter(intent -> intent.state().isAsking())
                .forEach(intent -> asking.put(intent.id(), intent));
        var findings = new ArrayList<Finding>();
        for (var machine : listing.instances()) {
            if (machine.state().isLive() && !booked.contains(machine.id())) {
                findings.add(
                        machine.intent()
                                .map(asking::remove)
                                .<Finding>map(intent -> new Finding.Found(intent, machine))
                                .orElseGet(() -> new Finding.Stray(machine)));
            }
        }
        return findings;
    }

    /// Intents whose token nobody need know any more, and that no machine was found for.
    private List<Finding> traceless(
            Recorded recorded, InstanceListing listing, List<Finding> findings) {
        var found =
                findings.stream()
                        .flatMap(f ->
                                f instanceof Finding.Found(var i, _) ? Stream.of(i.id()) : null)
                        .collect(toSet());
        return recorded.intents().stream()
                .filter(intent -> intent.inDoubt() && intent.state().isAsking())
                .filter(intent -> !found.contains(intent.id()))
                .filter(intent -> intent.createdAt().isBefore(recorded.staleBefore()))
                .filter(intent -> !listing.startedAt().isBefore(intent.updatedAt().plus(lag)))
                .<Finding>map(Finding.NoTrace::new)
                .toList();
    }
}
