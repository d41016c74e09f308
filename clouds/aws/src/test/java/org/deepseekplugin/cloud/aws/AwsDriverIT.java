package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.AllocationResult.Allocated;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.AllocationResult.Unknown;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.testkit.conformance.Await;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is AWS's own, beside what every driver must do: how calls end.
final class AwsDriverIT {
    @TempDir private static Path folder;
    private static EmulatedAws aws;

    @BeforeAll
    static void start() {
        aws = new EmulatedAws(folder);
    }

    @AfterEach
    void heal() {
        aws.control().clearFaults();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void no_capacity_comes_as_status_500_and_is_not_asked_again() {
        aws.control().capacity("us-west-2a", "t3.medium", 0);
        int before = aws.calls("RunInstances");
        try (var driver = aws.driver(Map.of())) {
            assertThat(driver.allocate(aws.request()))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.CAPACITY))
                    .satisfies(no -> assertThat(no.settles()).isTrue());
        } finally {
            aws.control().capacity("us-west-2a", "t3.medium", 100);
        }
        assertThat(aws.calls("RunInstances") - before).isEqualTo(1);
    }

    @Test
    void a_server_that_nobody_runs_is_unavailable_and_settles_nothing() {
        try (var driver =
                TestDrivers.connect(
                        "http://127.0.0.1:9", "id", "secret", Map.of("image-id", "ami-1"))) {
            assertThat(driver.allocate(aws.request()))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.UNAVAILABLE))
                    .satisfies(no -> assertThat(no.settles()).isFalse());
        }
    }

    @Test
    void wrong_keys_are_an_auth_failure() {
        var endpoint = aws.emulator.endpoints().aws().endpoint();
        try (var driver =
                TestDrivers.connect(endpoint, "nobody", "secret", Map.of("image-id", "ami-1"))) {
            assertThat(driver.allocate(aws.request()))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.AUTH));
        }
    }

    @Test
    void an_image_that_is_not_there_is_refused_before_the_launch() {
        int before = aws.calls("RunInstances");
        try (var driver = aws.driver(Map.of("image-id", "ami-00000000000000000"))) {
            assertThat(driver.allocate(aws.request()))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.INVALID))
                    .satisfies(no ->
                            assertThat(no.failure().message()).contains("ami-00000000000000000"));
        }
        assertThat(aws.calls("RunInstances")).isEqualTo(before);
    }

    @Test
    void a_bootstrap_above_16_kib_is_refused_before_any_call() {
        int before = aws.calls("RunInstances");
        var huge = new Bootstrap.File("huge", "600", "x".repeat(16 * 1024));
        try (var driver = aws.driver(Map.of())) {
            var request =
                    aws.request(
                            "us-west-2a",
                            "t3.medium",
                            1,
                            Market.ON_DEMAND,
                            Cohesion.ANY,
                            List.of(huge));
            assertThat(driver.allocate(request))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.INVALID));
        }
        assertThat(aws.calls("RunInstances")).isEqualTo(before);
    }

    @Test
    void half_an_answer_is_asked_again_at_once_with_the_same_token() {
        int before = aws.calls("RunInstances");
        aws.control().fault(Fault.of("RunInstances", FaultMode.TRUNCATE_AFTER));
        var request = aws.request();
        try (var driver = aws.driver(Map.of())) {
            assertThat(driver.allocate(request)).isInstanceOf(Allocated.class);
        }
        assertThat(aws.calls("RunInstances") - before).isEqualTo(2);
        assertThat(aws.made(request)).hasSize(1);
    }

    @Test
    void a_lost_answer_stays_unknown_when_the_second_try_is_throttled() {
        aws.control().fault(Fault.of("RunInstances", FaultMode.RESET_AFTER));
        aws.control().fault(Fault.error("RunInstances", "RequestLimitExceeded"));
        try (var driver = aws.driver(Map.of())) {
            assertThat(driver.allocate(aws.request())).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void an_interrupted_launch_is_unknown_and_the_interrupt_is_kept() throws Exception {
        aws.control().fault(new Fault("RunInstances", "", 1, FaultMode.HANG_AFTER, "", 30));
        var request = aws.request();
        try (var driver = aws.driver(Map.of("deadline", "20s"))) {
            var answer = new AllocationResult[1];
            var kept = new boolean[1];
            var launch =
                    Thread.ofVirtual()
                            .start(() -> {
                                answer[0] = driver.allocate(request);
                                kept[0] = Thread.currentThread().isInterrupted();
                            });
            Await.until(() -> !aws.made(request).isEmpty() || answer[0] != null);
            launch.interrupt();
            assertThat(launch.join(Duration.ofSeconds(10))).isTrue();

            assertThat(answer[0]).isInstanceOf(Unknown.class);
            assertThat(kept[0]).isTrue();
            assertThat(driver.allocate(request)).isInstanceOf(Allocated.class);
            assertThat(aws.made(request)).hasSize(1);
        }
    }
}
