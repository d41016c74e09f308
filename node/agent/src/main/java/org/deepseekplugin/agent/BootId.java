package org.deepseekplugin.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Tells one boot of a machine from the next.
final class BootId {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/random/boot_id");

    /// `DEEPSEEK_BOOT_ID` where machines share a kernel (the emulator's, containers); else the
    /// kernel's; else a new one each time the agent starts.
    static String read(Map<String, String> environment, RandomGenerator random) {
        var given = environment.get("DEEPSEEK_BOOT_ID");
        if (given != null) {
            return given;
        }
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            return HexFormat.of().toHexDigits(random.nextLong());
        }
    }

    private BootId() {}
}
