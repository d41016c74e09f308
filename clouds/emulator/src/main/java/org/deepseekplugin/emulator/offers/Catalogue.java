package org.deepseekplugin.emulator.offers;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What one cloud offers. Immutable.
public interface Catalogue {
    Collection<MachineType> types();

    Optional<MachineType> type(String name);

    /// In order of their names.
    List<Zone> zones();

    /// US dollars an hour; empty where the type is not sold on the spot market of the region.
    Optional<BigDecimal> spotPrice(String region, String type);

    /// The name under which the vCPUs of a type, or of a family of types, count against a quota.
    String quotaFamily(String typeOrFamily);

    /// How long lists show a terminated machine.
    Duration listedAfterTermination();

    default List<Zone> zonesOf(String region) {
        return zones().stream().filter(zone -> zone.region().equals(region)).toList();
    }

    default Optional<Zone> zone(String name) {
        return zones().stream().filter(zone -> zone.name().equals(name)).findFirst();
    }
}
