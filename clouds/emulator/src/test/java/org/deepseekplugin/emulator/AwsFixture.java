package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deepseekplugin.emulator.machines.ManualClock;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/// An emulator in this process whose cloud clock stands still, and AWS' client to it.
final class AwsFixture implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final Emulator emulator;
    final Endpoints.Aws aws;
    final Ec2Client ec2;

    AwsFixture(Path folder) {
        this(EmulatorOptions.in(folder).withBootDelay(Duration.ZERO));
    }

    AwsFixture(EmulatorOptions options) {
        emulator = Emulator.start(options.withClock(clock));
        aws = emulator.endpoints().aws();
        ec2 = Sdk.ec2(aws);
    }

    String run(String token, String script) {
        return run(Sdk.order(aws, token, script).build()).getFirst();
    }

    String run(String token, Consumer<RunInstancesRequest.Builder> change) {
        return run(order(token, change)).getFirst();
    }

    List<String> run(RunInstancesRequest request) {
        return ec2.runInstances(request).instances().stream().map(Instance::instanceId).toList();
    }

    RunInstancesRequest order(String token, Consumer<RunInstancesRequest.Builder> change) {
        return Sdk.order(aws, token, "").applyMutation(change::accept).build();
    }

    String runSpot(String token) {
        return run(token, r -> r.instanceMarketOptions(m -> m.marketType("spot")));
    }

    Instance describe(String id) {
        return ec2.describeInstances(r -> r.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
    }

    InstanceStateName state(String id) {
        return describe(id).state().name();
    }

    void awaitState(String id, InstanceStateName state) {
        Await.until(id + " is " + state, () -> state(id) == state);
    }

    List<Instance> list(String... filter) {
        return ec2
                .describeInstancesPaginator(
                        r -> r.filters(f -> f.name(filter[0]).values(filter[1])))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    /// The error code by which a call is refused.
    static String refusal(ThrowingCallable call) {
        return failure(call).awsErrorDetails().errorCode();
    }

    static Ec2Exception failure(ThrowingCallable call) {
        var failure = catchThrowableOfType(Ec2Exception.class, call);
        assertThat(failure).as("the call was not refused").isNotNull();
        assertThat(failure.requestId()).isNotBlank();
        return failure;
    }

    String console(String id) {
        return emulator.control().console(id);
    }

    int launches() {
        return emulator.control().truth("").launches().size();
    }

    Optional<Integer> calls(String action) {
        return Optional.ofNullable(emulator.control().truth("").calls().get(action))
                .map(tally -> tally.total());
    }

    @Override
    public void close() {
        ec2.close();
        emulator.close();
    }
}
