package org.deepseekplugin.orchestrator.fleet;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.InstanceState;

/// Compares our books with one cloud's complete listings, one after the other. A listing lags, so
/// what is not in it is only gone when a listing that was begun a whole lag later agrees. All times
/// are by our uptime: clocks that are set, and clouds' clocks, do not matter.
final class Comparison {

    /// @param intents that are not closed
    /// @param rentals that are held or to be returned
    /// @param lapsed of these intents: those in doubt that may have lost their token, and that no
    ///   call is under way for
    record Recorded(List<Intent> intents, List<Rental> rentals, List<Intent> lapsed) {}

    /// A question to a cloud that was not answered.
    private record Doubt(String intent, int calls) {}

    private final Duration lag;

    /// Since when listings in a row have missed a machine.
    private final Map<InstanceId, Duration> missing = new HashMap<>();

    /// Since when they have shown none for a question.
    private final Map<Doubt, Duration> doubts = new HashMap<>();

    Comparison(Duration lag) {
        this.lag = lag;
    }

    /// @param recorded read after the listing
    /// @param begun when the listing was asked for
    /// @param now after the books were read
    List<Finding> compare(
            Recorded recorded, InstanceListing listing, Duration begun, Duration now) {
        var listed = listing.instances().stream().collect(toMap(i -> i.id(), i -> i, (a, b) -> b));
        var booked = recorded.rentals().stream().map(Rental::id).collect(toSet());
        missing.keySet().retainAll(booked);
        var findings = new ArrayList<Finding>();
        for (var rental : recorded.rentals()) {
            var instance = listed.get(rental.id());
            (instance == null ? absent(rental, begun, now) : present(rental, instance))
                    .ifPresent(findings::add);
        }
        findings.addAll(unbooked(recorded, listing, booked));
        findings.addAll(traceless(recorded, findings, begun, now));
        return findings;
    }

    /// Whether something is missing but not yet given up: the next listing is wanted soon.
    boolean isWaiting() {
        return !missing.isEmpty();
    }

    private Optional<Finding> absent(Rental rental, Duration begun, Duration now) {
        return since(missing, rental.id(), begun, now)
                ? Optional.of(gone(rental, "its cloud no longer lists it", false))
                : Optional.empty();
    }

    private Optional<Finding> present(Rental rental, Instance listed) {
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

    /// Whether this listing was begun a whole lag after one that showed nothing, either.
    private <K> boolean since(Map<K, Duration> first, K what, Duration begun, Duration now) {
        var known = first.putIfAbsent(what, now);
        return known != null && begun.compareTo(known.plus(lag)) >= 0;
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

    /// Questions that nobody can repeat any more, and that no machine was found for.
    private List<Finding> traceless(
            Recorded recorded, List<Finding> findings, Duration begun, Duration now) {
        var found =
                findings.stream()
                        .filter(Finding.Found.class::isInstance)
                        .map(finding -> ((Finding.Found) finding).intent().id())
                        .collect(toSet());
        var open = new HashMap<Doubt, Intent>();
        recorded.lapsed().stream()
                .filter(intent -> !found.contains(intent.id()))
                .forEach(intent -> open.put(new Doubt(intent.id(), intent.calls()), intent));
        doubts.keySet().retainAll(open.keySet());
        return open.entrySet().stream()
                .filter(doubt -> since(doubts, doubt.getKey(), begun, now))
                .<Finding>map(doubt -> new Finding.NoTrace(doubt.getValue()))
                .toList();
    }
}
