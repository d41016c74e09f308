package org.deepseekplugin.agent.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The few functions of NVIDIA's Management Library that we call, through FFM. Names, layouts and
/// numbers are those of `nvml.h` (NVML API reference, group "Device Queries"); the functions with
/// `_v2` are what that header's plain names mean since R319. What a device or an older driver does
/// not know is empty. One thread.
@SuppressWarnings("restricted") // native access is the point
final class NvmlLibrary {
    private static final Logger log = LoggerFactory.getLogger(NvmlLibrary.class);

    /// What the driver installs, on all distributions.
    static final String NAME = "libnvidia-ml.so.1";

    /// `nvmlReturn_t`: `NVML_SUCCESS`, `NVML_ERROR_FUNCTION_NOT_FOUND`.
    private static final int SUCCESS = 0;

    private static final int FUNCTION_NOT_FOUND = 13;

    /// `NVML_DEVICE_NAME_V2_BUFFER_SIZE`, `NVML_DEVICE_UUID_V2_BUFFER_SIZE`; the driver's version
    /// needs 80 (`NVML_SYSTEM_DRIVER_VERSION_BUFFER_SIZE`).
    private static final int TEXT = 96;

    /// `nvmlTemperatureSensors_t`: `NVML_TEMPERATURE_GPU`.
    private static final int TEMPERATURE_GPU = 0;

    /// `nvmlMemory_t {unsigned long long total, free, used}`, in bytes.
    private static final MemoryLayout MEMORY = MemoryLayout.sequenceLayout(3, JAVA_LONG);

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup symbols;
    private final Map<String, Optional<MethodHandle>> handles = new HashMap<>();

    private NvmlLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /// Empty where there is no such library. It stays loaded.
    static Optional<NvmlLibrary> open(String nameOrPath) {
        try {
            var symbols = SymbolLookup.libraryLookup(nameOrPath, Arena.global());
            return Optional.of(new NvmlLibrary(symbols));
        } catch (IllegalArgumentException e) {
            log.atDebug().addKeyValue("library", nameOrPath).log("no NVIDIA driver here");
            return Optional.empty();
        }
    }

    /// @return 0, or why not: see [#error]
    int init() {
        return call("nvmlInit_v2", FunctionDescriptor.of(JAVA_INT));
    }

    void shutdown() {
        call("nvmlShutdown", FunctionDescriptor.of(JAVA_INT));
    }

    String error(int code) {
        var function = handle("nvmlErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
        if (function.isEmpty()) {
            return "NVML error " + code;
        }
        var text = (MemorySegment) invoke(function.get(), code);
        return text.reinterpret(TEXT).getString(0, UTF_8);
    }

    int count() {
        return number("nvmlDeviceGetCount_v2").orElse(0);
    }

    /// Empty when it cannot be used, such as a GPU that fell off the bus.
    Optional<MemorySegment> device(int index) {
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(ADDRESS);
            var type = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
            int code = call("nvmlDeviceGetHandleByIndex_v2", type, index, out);
            return code == SUCCESS ? Optional.of(out.get(ADDRESS, 0)) : Optional.empty();
        }
    }

    String name(MemorySegment device) {
        return text("nvmlDeviceGetName", device);
    }

    String uuid(MemorySegment device) {
        return text("nvmlDeviceGetUUID", device);
    }

    String driverVersion() {
        return text("nvmlSystemGetDriverVersion");
    }

    /// 12040 is 12.4: `NVML_CUDA_DRIVER_VERSION_MAJOR(v) ((v)/1000)`, `…_MINOR(v) (((v)%1000)/10)`.
    OptionalInt cudaVersion() {
        return number("nvmlSystemGetCudaDriverVersion_v2");
    }

    /// Percent of the last sample period (1/6 s to 1 s) in which a kernel ran: the first field of
    /// `nvmlUtilization_t {unsigned int gpu, memory}`.
    OptionalInt utilizationPercent(MemorySegment device) {
        return number("nvmlDeviceGetUtilizationRates", device);
    }

    OptionalInt temperatureCelsius(MemorySegment device) {
        return number("nvmlDeviceGetTemperature", device, TEMPERATURE_GPU);
    }

    OptionalInt powerMilliwatts(MemorySegment device) {
        return number("nvmlDeviceGetPowerUsage", device);
    }

    /// `NVML_DEVICE_MIG_DISABLE` 0, `NVML_DEVICE_MIG_ENABLE` 1; the other result is what it will be
    /// after a reset.
    OptionalInt migMode(MemorySegment device) {
        try (var arena = Arena.ofConfined()) {
            var current = arena.allocate(JAVA_INT);
            var pending = arena.allocate(JAVA_INT);
            var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
            int code = call("nvmlDeviceGetMigMode", type, device, current, pending);
            return code == SUCCESS ? OptionalInt.of(current.get(JAVA_INT, 0)) : OptionalInt.empty();
        }
    }

    /// @param totalMib what the driver reserves for itself included
    record Memory(long totalMib, long usedMib) {}

    Memory memory(MemorySegment device) {
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(MEMORY);
            var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
            return call("nvmlDeviceGetMemoryInfo", type, device, out) == SUCCESS
                    ? new Memory(
                            out.getAtIndex(JAVA_LONG, 0) >> 20, out.getAtIndex(JAVA_LONG, 2) >> 20)
                    : new Memory(0, 0);
        }
    }

    /// Of a function whose last argument points to an `unsigned int`, or to a record that begins
    /// with one and is not longer than two.
    private OptionalInt number(String function, Object... arguments) {
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(JAVA_LONG);
            int code = call(function, type(arguments, ADDRESS), append(arguments, out));
            return code == SUCCESS ? OptionalInt.of(out.get(JAVA_INT, 0)) : OptionalInt.empty();
        }
    }

    /// Of a function whose last arguments are a buffer and its length.
    private String text(String function, Object... arguments) {
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(TEXT);
            int code =
                    call(
                            function,
                            type(arguments, ADDRESS, JAVA_INT),
                            append(arguments, out, TEXT));
            return code == SUCCESS ? out.getString(0, UTF_8) : "";
        }
    }

    private static FunctionDescriptor type(Object[] arguments, MemoryLayout... rest) {
        var type = FunctionDescriptor.of(JAVA_INT);
        for (var argument : arguments) {
            type = type.appendArgumentLayouts(argument instanceof Integer ? JAVA_INT : ADDRESS);
        }
        return type.appendArgumentLayouts(rest);
    }

    private static Object[] append(Object[] arguments, Object... rest) {
        var all = new Object[arguments.length + rest.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(rest, 0, all, arguments.length, rest.length);
        return all;
    }

    private int call(String function, FunctionDescriptor type, Object... arguments) {
        return handle(function, type)
                .map(handle -> (int) invoke(handle, arguments))
                .orElse(FUNCTION_NOT_FOUND);
    }

    private Optional<MethodHandle> handle(String function, FunctionDescriptor type) {
        return handles.computeIfAbsent(
                function, name -> symbols.find(name).map(at -> linker.downcallHandle(at, type)));
    }

    private static Object invoke(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a call into " + NAME + " failed", e);
        }
    }
}
