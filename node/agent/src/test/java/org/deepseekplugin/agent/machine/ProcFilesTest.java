package org.deepseekplugin.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcFilesTest {
    @TempDir Path root;

    @Test
    void the_first_processor_speaks_for_all() {
        new Tree(root)
                .with(
                        "cpuinfo",
                        "processor\t: 0\nmodel name\t: AMD EPYC 7R13\nflags\t\t: fma avx2\n\n"
                                + "processor\t: 1\nmodel name\t: another\nflags\t\t: none");

        var cpu = new ProcFiles(root).cpu();

        assertThat(cpu)
                .containsEntry("model name", "AMD EPYC 7R13")
                .containsEntry("flags", "fma avx2");
    }

    @Test
    void memory_is_in_mebibytes_and_one_name_is_not_another() {
        new Tree(root)
                .with(
                        "meminfo",
                        "MemTotal:       16384000 kB\nMemTotalHuge:   1024 kB\nMemFree: 2048 kB");

        var proc = new ProcFiles(root);

        assertThat(proc.memoryMib("MemTotal")).isEqualTo(16000);
        assertThat(proc.memoryMib("MemFree")).isEqualTo(2);
        assertThat(proc.memoryMib("MemAvailable")).isZero();
    }

    /// proc(5): user nice system idle iowait irq softirq steal guest guest_nice.
    @Test
    void work_is_all_but_idling_and_waiting_and_guests_count_once() {
        new Tree(root).with("stat", "cpu  100 0 100 700 100 0 0 0 50 0\ncpu0 1 1 1 1 1 1 1 1 1 1");
        var before = new ProcFiles(root).ticks();
        new Tree(root).with("stat", "cpu  150 0 110 720 120 0 0 0 90 0");

        var after = new ProcFiles(root).ticks();

        assertThat(before.total()).isEqualTo(1000);
        assertThat(after.utilizationSince(before)).isEqualTo(0.6, within(1e-9));
        assertThat(before.utilizationSince(before)).as("no time passed").isZero();
    }

    @Test
    void a_system_without_proc_reads_as_empty() {
        var proc = new ProcFiles(root.resolve("nothing"));

        assertThat(proc.cpu()).isEmpty();
        assertThat(proc.memoryMib("MemTotal")).isZero();
        assertThat(proc.ticks().total()).isZero();
    }
}
