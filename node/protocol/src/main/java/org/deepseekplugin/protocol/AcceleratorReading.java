package org.deepseekplugin.protocol;

/// One accelerator at one moment.
///
/// @param utilization 0 to 1; NaN where the device does not say, as one cut into slices
/// @param temperatureCelsius NaN where the device does not say
/// @param powerWatts NaN where the device does not say
/// @param source as in [Fingerprint.Accelerator]; `simulated` travels on to API, metrics and
///   dashboard
public record AcceleratorReading(
        int index,
        double utilization,
        long memoryUsedMib,
        long memoryTotalMib,
        double temperatureCelsius,
        double powerWatts,
        String source,
        Unknown unknown) {}
