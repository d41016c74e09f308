package org.deepseekplugin.protocol;

import java.util.List;

/// What a machine is.
///
/// @param agentVersion of the agent that wrote this
/// @param os `linux`, `macos`
/// @param arch `x64`, `arm64`
/// @param memoryMib main memory in MiB
/// @param diskFreeMib free space where weights are kept, in MiB
/// @param cpuFeatures such as `avx2`, `avx512f`, `amx_tile`
/// @param dataHost where the gateway may reach the node's data port directly
public record Fingerprint(
        String agentVersion,
        String os,
        String arch,
        String cpuModel,
        int cpus,
        long memoryMib,
        long diskFreeMib,
        List<String> cpuFeatures,
        List<Accelerator> accelerators,
        String dataHost,
        int dataPort,
        Unknown unknown) {

    /// Text is empty where it is not known.
    ///
    /// @param uuid the same over reboots
    /// @param driver version
    /// @param runtime what programs link with, such as `CUDA 12.4`
    /// @param partitioned whether it is cut into slices, such as MIG's
    /// @param source who says so: `nvml`, `amd-sysfs`, `tegra`, `file`, or `simulated`
    public record Accelerator(
            int index,
            String name,
            String uuid,
            long memoryMib,
            String driver,
            String runtime,
            boolean partitioned,
            String source,
            Unknown unknown) {}
}
