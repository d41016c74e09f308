package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/// The emulator as a process: how it starts, ends, and dies.
final class KilledEmulatorIT {
    private static final String SCRIPT = "#!/bin/sh\necho up\nsleep 1000 &\nwait\n";

    @TempDir Path folder;

    @Test
    void says_when_it_is_ready_and_ends_with_its_supervisor() throws Exception {
        try (var emulator = new EmulatorProcess(data(), "--watch-stdin")) {
            assertThat(emulator.firstLine).isEqualTo("ready " + emulator.aws.endpoint());
            var id = launch(emulator);

            emulator.process.getOutputStream().close();

            assertThat(emulator.await()).isZero();
            assertThat(MachineProcesses.of(id)).isEmpty();
        }
    }

    @Test
    void a_signal_ends_it_and_its_machines() throws Exception {
        try (var emulator = new EmulatorProcess(data())) {
            var id = launch(emulator);

            emulator.process.destroy();

            emulator.await();
            assertThat(MachineProcesses.of(id)).isEmpty();
        }
    }

    @Test
    void its_machines_die_with_it_and_come_back_with_it() throws Exception {
        String id;
        Endpoints.Aws before;
        try (var emulator = new EmulatorProcess(data())) {
            id = launch(emulator);
            before = emulator.aws;
            emulator.kill();
        }
        Await.until("its machines are dead", () -> MachineProcesses.of(id).isEmpty());

        try (var emulator = new EmulatorProcess(data())) {
            assertThat(emulator.aws).isEqualTo(before);
            Await.until("it is up again", () -> emulator.console(id).split("up", -1).length == 3);
            assertThat(emulator.truth()).contains(id);
        }
    }

    @Test
    void what_a_dead_emulator_and_a_stopped_guard_left_is_cleared_away() throws Exception {
        String id;
        try (var emulator = new EmulatorProcess(data())) {
            id = launch(emulator);
            var file = data().resolve("machines").resolve(id).resolve("guard");
            Await.until("its guard is noted", () -> file.toFile().length() > 0);
            var guard = Files.readString(file).split(" ")[0];
            new ProcessBuilder("kill", "-STOP", guard).start().waitFor();
            emulator.kill();
        }
        var left = MachineProcesses.of(id);
        assertThat(left).isNotEmpty();

        try (var emulator = new EmulatorProcess(data())) {
            assertThat(left).noneMatch(ProcessHandle::isAlive);
            Await.until("it is up again", () -> emulator.console(id).split("up", -1).length == 3);
        }
    }

    /// Many clients launch while the emulator is killed again and again; each asks again with its
    /// token until it is answered. In the end the book has one launch a token, and every answer
    /// that anybody ever got names the machine that is in it.
    @Test
    void the_launch_book_is_right_whenever_it_is_killed() throws Exception {
        var answers = new ConcurrentHashMap<String, String>();
        var random = new Random(42);
        for (int round = 0; round < 4; round++) {
            try (var emulator = new EmulatorProcess(data())) {
                storm(emulator, answers, round, random.nextInt(20, 250));
            }
        }
        try (var emulator = new EmulatorProcess(data());
                var ec2 = Sdk.ec2(emulator.aws)) {
            for (int round = 0; round < 4; round++) {
                for (int client = 0; client < 4; client++) {
                    for (int i = 0; i < 5; i++) {
                        var token = round + "-" + client + "-" + i;
                        var id =
                                ec2.runInstances(Sdk.order(emulator.aws, token, "").build())
                                        .instances()
                                        .getFirst()
                                        .instanceId();
                        assertThat(answers.getOrDefault(token, id)).isEqualTo(id);
                        answers.put(token, id);
                    }
                }
            }
            var launches =
                    Json.tree(emulator.truth().getBytes(StandardCharsets.UTF_8)).path("launches");
            Map<String, String> book =
                    launches.valueStream()
                            .collect(
                                    Collectors.toMap(
                                            l -> l.path("token").asString(),
                                            l -> l.path("id").asString()));
            assertThat(book).isEqualTo(answers);
        }
    }

    private static void storm(
            EmulatorProcess emulator, Map<String, String> answers, int round, int killAfterMillis)
            throws Exception {
        var first = new CountDownLatch(1);
        try (var clients = Executors.newFixedThreadPool(4);
                var ec2 = Sdk.ec2(emulator.aws)) {
            for (int client = 0; client < 4; client++) {
                int number = client;
                clients.execute(() -> {
                    for (int i = 0; i < 5 && emulator.process.isAlive(); i++) {
                        var token = round + "-" + number + "-" + i;
                        try {
                            first.countDown();
                            var made =
                                    ec2.runInstances(Sdk.order(emulator.aws, token, "").build())
                                            .instances();
                            answers.put(token, made.getFirst().instanceId());
                        } catch (SdkException lost) {
                            return;
                        }
                    }
                });
            }
            first.await();
            emulator.process.waitFor(killAfterMillis, TimeUnit.MILLISECONDS);
            emulator.kill();
        }
    }

    private Path data() throws IOException {
        return Files.createDirectories(folder.resolve("data"));
    }

    private static String launch(EmulatorProcess emulator) {
        try (var ec2 = Sdk.ec2(emulator.aws)) {
            var id =
                    ec2.runInstances(Sdk.order(emulator.aws, "t", SCRIPT).build())
                            .instances()
                            .getFirst()
                            .instanceId();
            Await.until("it is up", () -> emulator.console(id).contains("up"));
            return id;
        }
    }
}
