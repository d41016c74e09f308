package org.deepseekplugin.agent.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.Unknown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accelerators as somebody else describes them: a JSON array in a file, read anew each time. How
/// the emulator gives its machines some, marked `simulated`.
record FileAccelerators(Path file) implements AcceleratorProbe {
    private static final Logger log = LoggerFactory.getLogger(FileAccelerators.class);

    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(
            int index,
            String name,
            long memoryMib,
            double utilization,
            long memoryUsedMib,
            @Nullable Double temperatureCelsius,
            @Nullable Double powerWatts,
            @Nullable String source) {}

    @Override
    public List<AcceleratorState> read() {
        try {
            return List.of(Json.mapper().readValue(Files.readAllBytes(file), Entry[].class))
                    .stream()
                    .map(FileAccelerators::state)
                    .toList();
        } catch (IOException | PlatformException | tools.jackson.core.JacksonException e) {
            log.atWarn().addKeyValue("file", file).setCause(e).log("cannot read accelerators");
            return List.of();
        }
    }

    private static AcceleratorState state(Entry entry) {
        return new AcceleratorState(
                entry.name,
                "",
                "",
                "",
                false,
                new AcceleratorReading(
                        entry.index,
                        entry.utilization,
                        entry.memoryUsedMib,
                        entry.memoryMib,
                        orNaN(entry.temperatureCelsius),
                        orNaN(entry.powerWatts),
                        entry.source == null ? "file" : entry.source,
                        Unknown.NONE));
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
