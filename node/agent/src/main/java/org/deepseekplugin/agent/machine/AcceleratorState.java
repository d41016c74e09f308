package org.deepseekplugin.agent.machine;

import org.deepseekplugin.protocol.AcceleratorReading;

/// An accelerator: what it is, and how it is doing. Text is empty where it is not known.
///
/// @param uuid the same over reboots
/// @param driver version
/// @param runtime what programs link with, such as `CUDA 12.4`
/// @param partitioned whether it is cut into slices (MIG, compute partitions), whose load the whole
///   does not know
record AcceleratorState(
        String name,
        String uuid,
        String driver,
        String runtime,
        boolean partitioned,
        AcceleratorReading reading) {

    AcceleratorState at(int index) {
        return with(
                new AcceleratorReading(
                        index,
                        reading.utilization(),
                        reading.memoryUsedMib(),
                        reading.memoryTotalMib(),
                        reading.temperatureCelsius(),
                        reading.powerWatts(),
                        reading.source(),
                        reading.unknown()));
    }

    /// It is there, but nobody knows how it is doing.
    AcceleratorState silent() {
        return with(
                new AcceleratorReading(
                        reading.index(),
                        Double.NaN,
                        reading.memoryUsedMib(),
                        reading.memoryTotalMib(),
                        Double.NaN,
                        Double.NaN,
                        reading.source(),
                        reading.unknown()));
    }

    private AcceleratorState with(AcceleratorReading another) {
        return new AcceleratorState(name, uuid, driver, runtime, partitioned, another);
    }
}
