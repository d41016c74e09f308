package org.deepseekplugin.emulator.machines;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Decides an order: token, offer, quota, capacity, in this order, as clouds do.
///
/// Not thread-safe; [Machines] holds the lock.
final class Launcher {
    private final Registry registry;
    private final Map<String, Catalogue> catalogues;
    private final Supplier<String> addresses;
    private final InstantSource clock;

    Launcher(
            Registry registry,
            Map<String, Catalogue> catalogues,
            Supplier<String> addresses,
            InstantSource clock) {
        this.registry = registry;
        this.catalogues = catalogues;
        this.addresses = addresses;
        this.clock = clock;
    }

    /// @param dryRun nothing is made; a [LaunchResult.Launched] is what would have been
    LaunchResult launch(LaunchOrder order, Naming naming, boolean dryRun) {
        var first = order.tokenKey().flatMap(registry::launchOf);
        return first.isPresent() ? again(order, first.get()) : launchNew(order, naming, dryRun);
    }

    private LaunchResult again(LaunchOrder order, Launch first) {
        if (!first.order().fingerprint().equals(order.fingerprint())) {
            return new LaunchResult.TokenMismatch(first);
        }
        boolean anyLives =
                first.machines().stream()
                        .flatMap(placed -> registry.machine(placed.id()).stream())
                        .anyMatch(machine -> machine.state().isWanted());
        return anyLives ? new LaunchResult.Repeated(first) : new LaunchResult.TokenSpent(first);
    }

    private LaunchResult launchNew(LaunchOrder order, Naming naming, boolean dryRun) {
        var catalogue = catalogue(order);
        var offering =
                catalogue.zonesOf(order.region()).stream()
                        .filter(zone -> zone.types().contains(order.type()))
                        .map(Zone::name)
                        .toList();
        var asked = order.zone().map(List::of).orElse(offering);
        if (asked.isEmpty() || !offering.containsAll(asked)) {
            return new LaunchResult.NotOffered(offering);
        }
        var overQuota = overQuota(order, catalogue);
        if (overQuota.isPresent()) {
            return overQuota.get();
        }
        var zone = asked.stream().filter(name -> room(name, order) >= order.min()).findFirst();
        if (zone.isEmpty()) {
            var elsewhere =
                    offering.stream().filter(name -> room(name, order) >= order.min()).toList();
            return new LaunchResult.NoCapacity(asked.getFirst(), elsewhere);
        }
        int count = Math.min(order.max(), room(zone.get(), order));
        var launch = make(order, zone.get(), count, naming);
        if (!dryRun) {
            registry.commit(new Entry.Launched(launch));
        }
        return new LaunchResult.Launched(launch);
    }

    private Optional<LaunchResult> overQuota(LaunchOrder order, Catalogue catalogue) {
        var type = catalogue.type(order.type()).orElseThrow();
        int used =
                holding(order)
                        .filter(other -> other.launch().order().market() == order.market())
                        .map(other -> catalogue.type(other.type()).orElseThrow())
                        .filter(other -> other.quotaFamily().equals(type.quotaFamily()))
                        .mapToInt(MachineType::vcpus)
                        .sum();
        int limit = registry.limits().quota(type.quotaFamily());
        return used + order.max() * type.vcpus() > limit
                ? Optional.of(new LaunchResult.OverQuota(type.quotaFamily(), limit))
                : Optional.empty();
    }

    private int room(String zone, LaunchOrder order) {
        long used =
                holding(order)
                        .filter(other -> other.zone().equals(zone))
                        .filter(other -> other.type().equals(order.type()))
                        .count();
        int free = registry.limits().capacity(zone, order.type()) - (int) used;
        return Math.clamp(free, 0, order.limit());
    }

    private Stream<Machine> holding(LaunchOrder order) {
        return registry.machines().stream()
                .filter(other -> other.state().holdsCapacity())
                .filter(other -> other.cloud().equals(order.cloud()))
                .filter(other -> other.region().equals(order.region()));
    }

    private Launch make(LaunchOrder order, String zone, int count, Naming naming) {
        var machines = new ArrayList<Placed>();
        for (int i = 0; i < count; i++) {
            machines.add(new Placed(naming.machineId(), addresses.get()));
        }
        return new Launch(naming.launchId(), clock.instant(), zone, order, machines);
    }

    private Catalogue catalogue(LaunchOrder order) {
        var catalogue = catalogues.get(order.cloud());
        if (catalogue == null) {
            throw new IllegalArgumentException("no catalogue of cloud \"" + order.cloud() + "\"");
        }
        return catalogue;
    }
}
