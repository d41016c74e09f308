package org.deepseekplugin.emulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a reboot the pid that was a machine's belongs to somebody else.
final class LeftoversIT {
    @TempDir Path folder;
    private Process stranger;

    @BeforeEach
    void start() throws IOException {
        stranger = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void stop() {
        stranger.destroyForcibly();
    }

    @Test
    void a_recorded_pid_that_now_belongs_to_somebody_else_is_left_alone() throws Exception {
        var machine = new MachineFolder(folder.resolve("i-0123456789abcdef0"));
        machine.create(new byte[0]);
        var now = GroupId.of(stranger.toHandle());
        var beforeTheReboot = new GroupId(now.pid(), now.startedMillis() - 60_000);
        Files.writeString(machine.guard(), beforeTheReboot.text());

        Leftovers.end(machine);

        assertThat(stranger.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void a_folder_without_a_guard_has_nothing_to_end() throws IOException {
        var machine = new MachineFolder(folder.resolve("i-0123456789abcdef1"));
        machine.create(new byte[0]);

        Leftovers.end(machine);

        assertThat(stranger.isAlive()).isTrue();
    }
}
