package org.deepseekplugin.emulator.machines;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.MachineType;
import org.deepseekplugin.emulator.offers.Zone;

/// One region, two zones; "big" is sold in the second zone only.
final class TinyCloud implements Catalogue {
    @Override
    public Collection<MachineType> types() {
        return List.of(type("small", 4), type("big", 96));
    }

    @Override
    public Optional<MachineType> type(String name) {
        return types().stream().filter(type -> type.name().equals(name)).findFirst();
    }

    @Override
    public List<Zone> zones() {
        return List.of(
                new Zone("r1a", "r1", Set.of("small")),
                new Zone("r1b", "r1", Set.of("small", "big")));
    }

    @Override
    public Optional<BigDecimal> spotPrice(String region, String type) {
        return Optional.of(BigDecimal.ONE);
    }

    @Override
    public String quotaFamily(String typeOrFamily) {
        return "all";
    }

    @Override
    public Duration listedAfterTermination() {
        return Duration.ofHours(1);
    }

    private static MachineType type(String name, int vcpus) {
        return new MachineType(
                name,
                vcpus,
                1024,
                "x86_64",
                "all",
                Optional.empty(),
                10,
                0,
                Optional.of(BigDecimal.TEN));
    }
}
