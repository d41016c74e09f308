package org.deepseekplugin.cloud.spi;

import java.math.BigDecimal;

/// The accelerators of one machine.
///
/// @param name the vendor's short name, such as `A100`
/// @param count how many; below one is a slice of a shared one
/// @param memoryMibEach memory of one accelerator in MiB
public record Accelerators(String name, BigDecimal count, long memoryMibEach) {
    public Accelerators {
        if (count.signum() <= 0) {
            throw new IllegalArgumentException(
                    "count of " + name + " is " + count + "; it must be positive");
        }
    }
}
