package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/// The shortest way through: run, describe and terminate a machine through AWS' own client.
final class AwsLineIT {
    @TempDir Path folder;
    private Emulator emulator;
    private Endpoints.Aws aws;
    private Ec2Client ec2;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.in(folder).withBootDelay(Duration.ZERO));
        aws = emulator.endpoints().aws();
        ec2 = Sdk.ec2(aws);
    }

    @AfterEach
    void stop() {
        ec2.close();
        emulator.close();
    }

    @Test
    void a_machine_runs_its_user_data_until_it_is_terminated() {
        var script = "#!/bin/sh\necho hello from $DEEPSEEK_NODE_ADDRESS\nexec sleep 1000\n";
        var id =
                ec2.runInstances(Sdk.order(aws, "t1", script).build())
                        .instances()
                        .getFirst()
                        .instanceId();
        Await.until("it prints", () -> emulator.control().console(id).contains("hello from 127."));
        var machine = describe(id);
        assertThat(machine.state().name()).isEqualTo(InstanceStateName.RUNNING);
        assertThat(machine.clientToken()).isEqualTo("t1");
        assertThat(emulator.control().console(id))
                .contains("hello from " + machine.privateIpAddress());

        ec2.terminateInstances(r -> r.instanceIds(id));
        Await.until(
                "it is gone", () -> describe(id).state().name() == InstanceStateName.TERMINATED);
        assertThat(folder.resolve("machines").resolve(id)).doesNotExist();
        assertThat(describe(id).stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
        ec2.terminateInstances(r -> r.instanceIds(id));
        assertThat(emulator.control().truth("").live()).isEmpty();
        assertThat(emulator.control().truth("").launches()).hasSize(1);
    }

    @Test
    void the_same_token_gives_the_same_machine() {
        var first = ec2.runInstances(Sdk.order(aws, "t1", "").build()).instances();
        var second = ec2.runInstances(Sdk.order(aws, "t1", "").build()).instances();
        assertThat(second)
                .extracting(Instance::instanceId)
                .isEqualTo(List.of(first.getFirst().instanceId()));
        assertThat(emulator.control().truth("").calls().get("RunInstances").byToken())
                .containsEntry("t1", 2);
    }

    @Test
    void a_wrong_secret_is_refused() {
        try (var wrong = Sdk.ec2(aws, aws.region(), aws.accessKeyId(), "wrong")) {
            assertThatThrownBy(wrong::describeInstances)
                    .isInstanceOfSatisfying(
                            Ec2Exception.class,
                            e ->
                                    assertThat(e.awsErrorDetails().errorCode())
                                            .isEqualTo("SignatureDoesNotMatch"));
        }
    }

    private Instance describe(String id) {
        return ec2.describeInstances(r -> r.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
    }
}
