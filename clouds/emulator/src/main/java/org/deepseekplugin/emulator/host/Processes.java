package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The processes of this computer as `/proc` shows them; none where there is no `/proc`.
final class Processes {
    private static final Path PROC = Path.of("/proc");

    /// `USER_HZ`, the unit of times in `/proc`: 100 on every Linux that Java runs on.
    private static final double TICKS_A_SECOND = 100;

    /// Where the numbers after the command's `)` begin to matter; see proc_pid_stat(5).
    private static final int STATE = 0;

    private static final int GROUP = 2;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int RESIDENT_PAGES = 21;
    private static final int PAGE_KIB = 4;

    /// @param cpuSeconds used since it started
    record One(long pid, long group, boolean zombie, double cpuSeconds, long residentKib) {}

    static List<One> all() {
        var found = new ArrayList<One>();
        for (long pid : pids()) {
            stat(pid).ifPresent(found::add);
        }
        return found;
    }

    /// Those whose environment names the machine: they are its own even if they left its group.
    static List<ProcessHandle> ofMachine(String id) {
        var mark = "DEEPSEEK_MACHINE_ID=" + id + "\0";
        return pids().stream()
                .filter(pid -> read(pid, "environ").filter(text -> text.contains(mark)).isPresent())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    private static List<Long> pids() {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return List.of();
        }
        var pids = new ArrayList<Long>();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            entries.forEach(entry -> pids.add(Long.valueOf(entry.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("/proc cannot be listed", e);
        }
        return pids;
    }

    private static Optional<One> stat(long pid) {
        return read(pid, "stat")
                .map(text -> {
                    var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
                    return new One(
                            pid,
                            Long.parseLong(fields[GROUP]),
                            fields[STATE].equals("Z"),
                            (Long.parseLong(fields[USER_TICKS])
                                            + Long.parseLong(fields[SYSTEM_TICKS]))
                                    / TICKS_A_SECOND,
                            Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_KIB);
                });
    }

    /// Empty for a process that ended meanwhile or belongs to somebody else.
    private static Optional<String> read(long pid, String file) {
        try {
            var bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file));
            return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Processes() {}
}
