package org.deepseekplugin.emulator.machines;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.MachineType;
import org.deepseekplugin.emulator.offers.Zone;

/// Decides an order: token, offer, quota, capacity, in this order, as clouds do.
///
/// Not thread-safe; [Machines] holds the lock.
final class Launcher {
    private final Registry registry;
    private final Map<String, Catalogue> catalogues;
    private final Addresses addresses;
    private final InstantSource clock;

    Launcher(
            Registry registry,
            Map<String, Catalogue> catalogues,
            Addresses addresses,
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
        var offering = offering(order, catalogue);
        var asked = order.zone().map(List::of).orElse(offering);
        if (asked.isEmpty() || !offering.containsAll(asked)) {
            return new LaunchResult.NotOffered(offering);
        }
        var type = catalogue.type(order.type()).orElseThrow();
        int limit = registry.limits().quota(type.quotaFamily());
        if (used(order, type.quotaFamily(), catalogue) + (long) order.max() * type.vcpus()
                > limit) {
            return new LaunchResult.OverQuota(type.quotaFamily(), limit);
        }
        var roomy = offering.stream().filter(zone -> room(zone, order) >= order.min()).toList();
        var zone = asked.stream().filter(roomy::contains).findFirst();
        if (zone.isEmpty()) {
            return new LaunchResult.NoCapacity(asked.getFirst(), roomy);
        }
        var launch = make(order, zone.get(), naming);
        if (!dryRun) {
            registry.commit(new Entry.Launched(launch));
        }
        return new LaunchResult.Launched(launch);
    }

    /// The zones of the region that sell the type, whether or not they have room.
    private static List<String> offering(LaunchOrder order, Catalogue catalogue) {
        return catalogue.zonesOf(order.region()).stream()
                .filter(zone -> zone.types().contains(order.type()))
                .map(Zone::name)
                .toList();
    }

    /// vCPUs of the family that the account holds in the region and market.
    private long used(LaunchOrder order, String family, Catalogue catalogue) {
        return holding(order)
                .filter(other -> other.launch().order().market() == order.market())
                .map(other -> catalogue.type(other.type()).orElseThrow())
                .filter(other -> other.quotaFamily().equals(family))
                .mapToLong(MachineType::vcpus)
                .sum();
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

    private Launch make(LaunchOrder order, String zone, Naming naming) {
        int count = Math.min(order.max(), room(zone, order));
        var taken = new HashSet<String>();
        registry.machines().forEach(machine -> taken.add(machine.address()));
        var machines = new ArrayList<Placed>();
        for (int i = 0; i < count; i++) {
            var address = addresses.fresh(taken::contains);
            taken.add(address);
            machines.add(new Placed(naming.machineId(), address));
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
