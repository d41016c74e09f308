package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/// Machines as process groups.
final class MachineLifeIT {
    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud = new AwsFixture(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void the_environment_is_the_machines_own() {
        var id = cloud.run("t", "#!/bin/sh\nenv\npwd\necho end\n");
        Await.until("it has printed", () -> cloud.console(id).contains("end"));

        var names =
                cloud.console(id)
                        .lines()
                        .filter(line -> line.contains("="))
                        .map(line -> line.substring(0, line.indexOf('=')));

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "PATH",
                        "LANG",
                        "HOME",
                        "TMPDIR",
                        "PWD",
                        "DEEPSEEK_HOME",
                        "DEEPSEEK_MACHINE_ID",
                        "DEEPSEEK_NODE_ADDRESS",
                        "DEEPSEEK_METADATA_URL",
                        "DEEPSEEK_ACCELERATORS_FILE");
        assertThat(cloud.console(id))
                .contains("DEEPSEEK_NODE_ADDRESS=" + cloud.describe(id).privateIpAddress());
    }

    @Test
    void termination_ends_the_obedient_the_stubborn_and_the_escaped() {
        var script =
                """
                #!/bin/sh
                (trap '' TERM; while :; do sleep 0.1; done) &
                echo stubborn $!
                setsid sh -c 'trap "" TERM; while :; do sleep 0.1; done' &
                echo escaped $!
                trap 'echo obeyed; exit 0' TERM
                echo up
                while :; do sleep 0.1; done
                """;
        var id = cloud.run("t", script);
        Await.until("it is up", () -> cloud.console(id).contains("up"));
        var pids = marked(id);
        assertThat(pids).hasSizeGreaterThanOrEqualTo(4);

        cloud.ec2.terminateInstances(r -> r.instanceIds(id));
        cloud.awaitState(id, InstanceStateName.TERMINATED);

        assertThat(cloud.console(id)).contains("obeyed");
        Await.until("all have ended", () -> marked(id).isEmpty());
    }

    @Test
    void machines_come_back_after_a_restart_with_id_address_and_disk() {
        var script =
                "#!/bin/sh\ncd $DEEPSEEK_HOME\necho boot >>boots\necho \"boots: $(wc -l <boots)\"\nexec sleep 1000\n";
        var id = cloud.run("t", script);
        Await.until("it is up", () -> cloud.console(id).contains("boots: 1"));
        var before = cloud.describe(id);
        var endpoint = cloud.aws;

        cloud.close();
        assertThat(marked(id)).isEmpty();
        cloud = new AwsFixture(folder);

        Await.until("it is up again", () -> cloud.console(id).contains("boots: 2"));
        assertThat(cloud.describe(id)).isEqualTo(before);
        assertThat(cloud.aws).isEqualTo(endpoint);
        assertThat(cloud.run("t", script)).isEqualTo(id);
    }

    @Test
    void a_machine_whose_host_dies_is_lost_with_a_reason() {
        var id = cloud.run("t", "#!/bin/sh\necho up\nexec sleep 1000\n");
        Await.until("it is up", () -> cloud.console(id).contains("up"));

        ProcessHandle.of(guard(id)).orElseThrow().destroyForcibly();

        cloud.awaitState(id, InstanceStateName.TERMINATED);
        assertThat(cloud.describe(id).stateReason().code()).isEqualTo("Server.InternalError");
        Await.until("nothing is left", () -> marked(id).isEmpty());
    }

    @Test
    void every_machine_has_an_address_of_its_own() throws IOException {
        var machines = cloud.run(cloud.order("t", r -> r.maxCount(3)));
        var addresses =
                machines.stream()
                        .map(id -> cloud.describe(id).privateIpAddress())
                        .distinct()
                        .toList();

        boolean linux = System.getProperty("os.name").equals("Linux");
        assertThat(addresses).hasSize(linux ? 3 : 1);
        for (var address : addresses) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
                assertThat(socket.isBound()).isTrue();
            }
        }
    }

    @Test
    void accelerators_show_the_real_load_and_say_that_they_are_simulated() {
        var busy = cloud.run("busy", "#!/bin/sh\nwhile :; do :; done\n");
        var idle = cloud.run("idle", r -> r.instanceType("p4d.24xlarge"));
        var cpu = cloud.run("cpu", r -> r.instanceType("c7i.large"));
        cloud.awaitState(cpu, InstanceStateName.RUNNING);

        Await.until("load is seen", () -> utilization(busy) > 0.1);
        assertThat(utilization(idle)).isLessThan(0.1);
        assertThat(accelerators(idle))
                .hasSize(8)
                .allSatisfy(device -> {
                    assertThat(device.path("source").asString()).isEqualTo("simulated");
                    assertThat(device.path("memory_mib").asInt()).isEqualTo(40_960);
                });
        assertThat(accelerators(cpu)).isEmpty();
    }

    @Test
    void user_data_that_is_no_script_does_not_run_but_the_machine_does() {
        var id = cloud.run("t", "touch x");
        Await.until("it says so", () -> cloud.console(id).contains("not run"));

        assertThat(cloud.state(id)).isEqualTo(InstanceStateName.RUNNING);
    }

    private double utilization(String id) {
        var devices = accelerators(id);
        return devices.isEmpty() ? 0 : devices.getFirst().path("utilization").asDouble();
    }

    private List<tools.jackson.databind.JsonNode> accelerators(String id) {
        try {
            var file = folder.resolve("machines").resolve(id).resolve("accelerators.json");
            return Files.exists(file)
                    ? Json.tree(Files.readAllBytes(file)).valueStream().toList()
                    : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private long guard(String id) {
        try {
            return Long.parseLong(
                    Files.readString(folder.resolve("machines").resolve(id).resolve("guard"))
                            .split(" ")[0]);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Processes of the machine, wherever they are.
    private static List<ProcessHandle> marked(String id) {
        return MachineProcesses.of(id);
    }
}
