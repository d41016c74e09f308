package org.deepseekplugin.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The file behind `--config`:
///
/// ```yaml
/// capacity:
///   - {zone: us-west-2a, type: p4d.24xlarge, count: 2}
/// quota:
///   - {family: p, vcpus: 192}
/// ```
record LimitsFile(List<EmulatorOptions.Capacity> capacity, List<EmulatorOptions.Quota> quota) {

    LimitsFile(
            @Nullable List<EmulatorOptions.Capacity> capacity,
            @Nullable List<EmulatorOptions.Quota> quota) {
        this.capacity = capacity == null ? List.of() : List.copyOf(capacity);
        this.quota = quota == null ? List.of() : List.copyOf(quota);
    }

    static LimitsFile read(Path file) throws IOException {
        try {
            return YAMLMapper.builder()
                    .build()
                    .readValue(Files.readAllBytes(file), LimitsFile.class);
        } catch (JacksonException e) {
            throw new PlatformException(ErrorCode.INVALID_CONFIG, file + ": " + e.getMessage(), e);
        }
    }
}
