package org.deepseekplugin.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.cloud.aws.EmulatedAws.allocated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.cloud.testkit.conformance.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine vanishes; EC2 says why for an hour.
final class EndingsIT {
    @TempDir Path folder;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private EmulatedAws aws;
    private CloudDriver driver;

    @BeforeEach
    void start() {
        aws = new EmulatedAws(folder);
        driver = aws.driver(Map.of(), CloudCalls.direct(), events::add);
    }

    @AfterEach
    void stop() {
        driver.close();
        aws.close();
    }

    @Test
    void a_machine_that_died_is_reported_once_with_its_reason_and_given_back_with_success() {
        var id = allocated(driver.allocate(aws.request())).getFirst().id();
        aws.control().kill(id.value());

        Await.until(() -> state(id) == InstanceState.TERMINATED);
        driver.list(aws.owner);

        assertThat(events)
                .singleElement()
                .satisfies(what -> assertThat(what).contains(id.value(), "Server.InternalError"));
        assertThat(driver.terminate(id)).isInstanceOf(Termination.AlreadyGone.class);
    }

    @Test
    void a_machine_that_the_spot_market_took_is_reported_as_such() {
        var spot = aws.request("us-west-2a", "t3.medium", 1, Market.SPOT, Cohesion.ANY, List.of());
        var id = allocated(driver.allocate(spot)).getFirst().id();
        aws.control().evict(id.value(), Duration.ZERO);

        Await.until(() -> state(id) == InstanceState.TERMINATED);

        assertThat(events)
                .singleElement()
                .satisfies(what -> assertThat(what).contains("Server.SpotInstanceTermination"));
    }

    @Test
    void a_machine_that_was_given_back_is_no_news() {
        var id = allocated(driver.allocate(aws.request())).getFirst().id();
        driver.terminate(id);

        Await.until(() -> state(id) == InstanceState.TERMINATED);

        assertThat(events).isEmpty();
    }

    private InstanceState state(InstanceId id) {
        return driver.list(aws.owner).instances().stream()
                .filter(machine -> machine.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
