package org.deepseekplugin.protocol;

/// The machine itself at one moment.
///
/// @param cpuUtilization 0 to 1 over all processors
public record HostReading(
        double cpuUtilization, long memoryUsedMib, long diskFreeMib, Unknown unknown) {}
