package org.deepseekplugin.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Finds a machine's processes by the mark in their environment, as `/proc` shows it.
final class MachineProcesses {
    static List<ProcessHandle> of(String id) {
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/proc/self")), "SKIPPED: this system has no /proc");
        return ProcessHandle.allProcesses().filter(process -> belongs(process, id)).toList();
    }

    private static boolean belongs(ProcessHandle process, String id) {
        try {
            var bytes =
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return new String(bytes, StandardCharsets.ISO_8859_1)
                    .contains("DEEPSEEK_MACHINE_ID=" + id + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    private MachineProcesses() {}
}
