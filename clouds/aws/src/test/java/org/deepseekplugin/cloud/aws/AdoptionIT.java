package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.deepseekplugin.cloud.aws.EmulatedAws.allocated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult.Allocated;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.AllocationResult.Unknown;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.testkit.conformance.Await;
import org.deepseekplugin.emulator.faults.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Between a launch whose answer was lost and its repetition the server was restarted with another
/// configuration: EC2 says that the parameters differ, and the machine is there all the same.
final class AdoptionIT {
    private static final Map<String, String> BEFORE = Map.of("root-volume", "200GiB");
    private static final Map<String, String> AFTER = Map.of("root-volume", "300GiB");

    @TempDir Path folder;
    private EmulatedAws aws;
    private AllocationRequest request;
    private Instance first;

    @BeforeEach
    void launch() {
        aws = new EmulatedAws(folder);
        request = aws.request();
        try (var driver = aws.driver(BEFORE)) {
            first = allocated(driver.allocate(request)).getFirst();
        }
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void the_machine_of_the_first_launch_is_adopted() {
        try (var driver = aws.driver(AFTER)) {
            assertThat(allocated(driver.allocate(request)))
                    .extracting(Instance::id)
                    .containsExactly(first.id());
        }
        assertThat(aws.control().truth("").calls().get("RunInstances").byResult())
                .containsEntry("IdempotentParameterMismatch", 1);
        assertThat(aws.made(request)).hasSize(1);
    }

    @Test
    void a_machine_that_is_not_listed_yet_is_awaited() {
        aws.control().lag(Duration.ofSeconds(3));
        try (var driver = aws.driver(AFTER)) {
            var late = aws.request();
            try (var before = aws.driver(BEFORE)) {
                allocated(before.allocate(late));
            }
            assertThat(driver.allocate(late)).isInstanceOf(Unknown.class);

            Await.until(() -> driver.allocate(late) instanceof Allocated);
            assertThat(aws.made(late)).hasSize(1);
        }
    }

    @Test
    void a_listing_that_fails_leaves_it_open() {
        aws.control().fault(Fault.error("DescribeInstances", "RequestLimitExceeded"));
        try (var driver = aws.driver(AFTER)) {
            assertThat(driver.allocate(request)).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void a_machine_that_has_ended_is_not_adopted() {
        try (var driver = aws.driver(AFTER)) {
            driver.terminate(first.id());
            Await.until(() -> driver.allocate(request) instanceof Refused);

            assertThat(driver.allocate(request))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.settles()).isTrue());
        }
    }

    @Test
    void a_request_for_something_else_is_refused() {
        var other =
                new AllocationRequest(
                        request.intent(),
                        request.token(),
                        request.owner(),
                        2,
                        2,
                        request.market(),
                        request.region(),
                        request.zone(),
                        request.instanceType(),
                        request.cohesion(),
                        request.bootstrap(),
                        request.tags());
        try (var driver = aws.driver(BEFORE)) {
            assertThat(driver.allocate(other))
                    .asInstanceOf(type(Refused.class))
                    .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.INVALID));
        }
        assertThat(aws.made(request)).hasSize(1);
    }
}
