package org.deepseekplugin.emulator.offers;

import java.math.BigDecimal;
import java.util.Optional;

/// A kind of machine that can be rented.
///
/// @param quotaFamily the name under which its vCPUs count against a quota
/// @param hourlyPrice US dollars on demand, empty where unknown
public record MachineType(
        String name,
        int vcpus,
        long memoryMib,
        String architecture,
        String quotaFamily,
        Optional<Gpus> gpus,
        double networkGbps,
        int efaInterfaces,
        Optional<BigDecimal> hourlyPrice) {}
