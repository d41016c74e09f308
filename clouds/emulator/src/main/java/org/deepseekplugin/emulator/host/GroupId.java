package org.deepseekplugin.emulator.host;

import java.util.Optional;

/// A process group by its leader: pid and start time, because pids are used again.
///
/// @param startedMillis since 1970; 0 where the system does not say
record GroupId(long pid, long startedMillis) {

    static GroupId of(ProcessHandle leader) {
        var started = leader.info().startInstant();
        return new GroupId(leader.pid(), started.map(at -> at.toEpochMilli()).orElse(0L));
    }

    static GroupId parse(String text) {
        var parts = text.strip().split(" ", -1);
        return new GroupId(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    String text() {
        return pid + " " + startedMillis;
    }

    /// Empty if it is gone, also if its pid now belongs to somebody else.
    Optional<ProcessHandle> leader() {
        return ProcessHandle.of(pid).filter(handle -> of(handle).startedMillis == startedMillis);
    }
}
