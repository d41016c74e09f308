package org.deepseekplugin.agent.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Linux's own account of the machine (proc(5)). Where it is missing, everything reads as empty.
///
/// @param root `/proc`
record ProcFiles(Path root) {

    /// Of the first processor; x86 says `model name` and `flags`, arm64 `Features` only.
    Map<String, String> cpu() {
        var fields = new LinkedHashMap<String, String>();
        for (String line : lines("cpuinfo")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /// `MemTotal`, `MemAvailable`: MiB.
    long memoryMib(String field) {
        return lines("meminfo").stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /// Ticks of all processors since boot: all, and of them those without work.
    CpuTicks ticks() {
        var first = lines("stat").stream().findFirst().orElse("");
        var numbers = first.replaceFirst("cpu\\s+", "").split(" ", -1);
        if (numbers.length < 5) {
            return new CpuTicks(0, 0);
        }
        long total = 0;
        for (int i = 0; i < Math.min(numbers.length, 8); i++) { // guest time is in user time
            total += Long.parseLong(numbers[i]);
        }
        return new CpuTicks(total, Long.parseLong(numbers[3]) + Long.parseLong(numbers[4]));
    }

    record CpuTicks(long total, long idle) {
        /// Share of work between an earlier moment and this one, 0 to 1.
        double utilizationSince(CpuTicks earlier) {
            long all = total - earlier.total;
            return all <= 0 ? 0 : Math.clamp(1 - (double) (idle - earlier.idle) / all, 0, 1);
        }
    }

    private List<String> lines(String name) {
        try {
            return Files.readAllLines(root.resolve(name), UTF_8);
        } catch (IOException e) {
            return List.of(); // no such file on this system
        }
    }
}
