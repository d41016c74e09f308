package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.deepseekplugin.emulator.EmulatorOptions.Capacity;
import org.deepseekplugin.emulator.EmulatorOptions.Quota;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;

/// More machines and more callers than a test usually has. The machines never boot: their emulator
/// has a boot delay of an hour.
@Timeout(120)
final class ManyMachinesIT {
    private static final int MANY = 10_000;

    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud =
                new AwsFixture(
                        EmulatorOptions.in(folder)
                                .withBootDelay(Duration.ofHours(1))
                                .withLimits(
                                        List.of(new Capacity("*", "*", 2 * MANY)),
                                        List.of(new Quota("*", 100 * MANY))));
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void ten_thousand_machines_are_listed_page_by_page_each_with_its_own_address() {
        for (int i = 0; i < 10; i++) {
            cloud.run(cloud.order("t" + i, r -> r.maxCount(MANY / 10)));
        }
        var pages = cloud.ec2.describeInstancesPaginator(r -> r.maxResults(1000)).iterator();
        var first = machines(pages.next().reservations());
        // what comes and goes meanwhile moves nothing that stays
        cloud.ec2.terminateInstances(r -> r.instanceIds(first.getFirst().instanceId()));
        cloud.run("late", r -> {});

        var all = new ArrayList<>(first);
        pages.forEachRemaining(page -> all.addAll(machines(page.reservations())));

        assertThat(all.stream().map(Instance::instanceId))
                .doesNotHaveDuplicates()
                .hasSizeBetween(MANY, MANY + 1);
        assertThat(all.stream().map(Instance::privateIpAddress)).doesNotHaveDuplicates();
    }

    @Test
    void a_hundred_callers_with_one_token_get_one_machine() throws Exception {
        var ids = new HashSet<String>();
        for (var id : atOnce(() -> cloud.run("t", r -> {}))) {
            ids.add(id);
        }

        assertThat(ids).hasSize(1);
        assertThat(cloud.launches()).isEqualTo(1);
        assertThat(cloud.emulator.control().truth("").calls().get("RunInstances").byToken())
                .containsEntry("t", 100);
    }

    @Test
    void of_a_hundred_callers_who_want_different_things_by_one_token_one_gets_it()
            throws Exception {
        var results =
                atOnce(() -> {
                    try {
                        var script = "#!/bin/sh\n# " + Thread.currentThread().threadId();
                        return cloud.run("t", r -> r.userData(Sdk.base64(script)));
                    } catch (Ec2Exception e) {
                        return e.awsErrorDetails().errorCode();
                    }
                });

        assertThat(results.stream().filter("IdempotentParameterMismatch"::equals)).hasSize(99);
        assertThat(cloud.launches()).isEqualTo(1);
    }

    @Test
    void a_hundred_callers_share_out_what_a_zone_has() throws Exception {
        cloud.emulator.control().capacity("*", "*", 0);
        cloud.emulator.control().capacity("us-west-2a", "g4dn.xlarge", 30);
        var results =
                atOnce(() -> {
                    try {
                        return cloud.run("t" + Thread.currentThread().threadId(), r -> {});
                    } catch (Ec2Exception e) {
                        return e.awsErrorDetails().errorCode();
                    }
                });

        assertThat(results.stream().filter(id -> id.startsWith("i-")).distinct()).hasSize(30);
        assertThat(results.stream().filter("InsufficientInstanceCapacity"::equals)).hasSize(70);
    }

    private static List<String> atOnce(Callable<String> call) throws Exception {
        var results = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<String>>();
            for (int i = 0; i < 100; i++) {
                calls.add(call);
            }
            for (var one : threads.invokeAll(calls)) {
                results.add(one.get());
            }
        }
        return results;
    }

    private static List<Instance> machines(
            List<software.amazon.awssdk.services.ec2.model.Reservation> reservations) {
        return reservations.stream().flatMap(one -> one.instances().stream()).toList();
    }
}
