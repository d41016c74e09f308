package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;

/// A disk that is full: no file of the emulator's process can grow, by its `RLIMIT_FSIZE`, until
/// there is room again.
final class FullDiskIT {
    private static final String SCRIPT = "#!/bin/sh\necho up\nsleep 1000\n";

    @TempDir Path folder;
    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/prlimit")),
                "SKIPPED: no prlimit (util-linux) here");
        data = Files.createDirectories(folder.resolve("data"));
    }

    @Test
    void a_launch_that_cannot_be_written_never_happened_and_goes_through_later() throws Exception {
        try (var emulator = new EmulatorProcess(data)) {
            var before = launch(emulator, "before");
            fill(emulator);

            for (int i = 0; i < 3; i++) {
                assertThat(AwsFixture.refusal(() -> launch(emulator, "meanwhile")))
                        .isEqualTo("InternalError");
            }
            assertThat(emulator.truth()).contains(before).doesNotContain("meanwhile");

            makeRoom(emulator);
            var after = launch(emulator, "meanwhile");
            assertThat(launch(emulator, "meanwhile")).isEqualTo(after);
            emulator.kill();
        }
        try (var emulator = new EmulatorProcess(data)) {
            assertThat(emulator.truth().split("\"token\":\"meanwhile\"", -1)).hasSize(3);
            assertThat(launch(emulator, "before")).isNotBlank();
        }
    }

    @Test
    void a_death_that_cannot_be_written_is_written_later() throws Exception {
        try (var emulator = new EmulatorProcess(data);
                var ec2 = Sdk.ec2(emulator.aws)) {
            var id = launch(emulator, "t");
            Await.until("it is up", () -> emulator.console(id).contains("up"));
            fill(emulator);

            MachineProcesses.of(id).forEach(ProcessHandle::destroyForcibly);
            Await.until("its processes are gone", () -> MachineProcesses.of(id).isEmpty());
            makeRoom(emulator);

            Await.until("the cloud knows", () -> state(ec2, id).equals("terminated"));
        }
    }

    private static String state(Ec2Client ec2, String id) {
        return ec2.describeInstances(r -> r.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst()
                .state()
                .nameAsString();
    }

    private static String launch(EmulatorProcess emulator, String token) {
        try (var ec2 = Sdk.ec2(emulator.aws)) {
            return ec2.runInstances(Sdk.order(emulator.aws, token, SCRIPT).build())
                    .instances()
                    .getFirst()
                    .instanceId();
        }
    }

    /// A few bytes are left, so that a line breaks off in its middle.
    private void fill(EmulatorProcess emulator) throws Exception {
        long books =
                Math.max(
                        Files.size(data.resolve("machines.journal")),
                        Files.size(data.resolve("calls.jsonl")));
        limit(emulator, Long.toString(books + 7));
    }

    private static void makeRoom(EmulatorProcess emulator) throws Exception {
        limit(emulator, "unlimited");
    }

    private static void limit(EmulatorProcess emulator, String bytes) throws Exception {
        var change =
                new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(emulator.process.pid()),
                                "--fsize=" + bytes + ":")
                        .inheritIO()
                        .start();
        assertThat(change.waitFor()).isZero();
    }
}
