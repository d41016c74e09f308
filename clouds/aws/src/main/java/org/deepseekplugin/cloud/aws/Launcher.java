package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.CAPACITY;

import java.util.Optional;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/// Launches machines by RunInstances.
///
/// EC2's own `MinCount` is the request's minimum: it makes that many or none, so a crash never
/// leaves half a gang. An answer with fewer is still understood, as partial. Everything in the call
/// follows from the request and the configuration, because EC2 refuses a known token that comes
/// with anything else.
final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final AwsClients clients;
    private final CloudCalls calls;
    private final Machines machines;
    private final Images images;
    private final PlacementGroups groups;
    private final LaunchOrders orders;

    Launcher(
            AwsClients clients,
            CloudCalls calls,
            Machines machines,
            Images images,
            PlacementGroups groups,
            LaunchOrders orders) {
        this.clients = clients;
        this.calls = calls;
        this.machines = machines;
        this.images = images;
        this.groups = groups;
        this.orders = orders;
    }

    AllocationResult launch(AllocationRequest request) {
        RunInstancesRequest run;
        try {
            run = orders.of(request);
        } catch (Exception e) {
            Interrupts.keep(e);
            var why = CallFailure.of(e, Target.of(request));
            return new AllocationResult.Refused(CallFailure.failure(why));
        }
        var result = ask(request, run, true);
        if (run.placement().groupName() != null) {
            groups.launched(run.placement().groupName());
        }
        return result;
    }

    /// @param again whether a second try is left
    private AllocationResult ask(
            AllocationRequest request, RunInstancesRequest run, boolean again) {
        try {
            var answer =
                    calls.around(
                            "RunInstances",
                            request.region(),
                            () -> clients.in(request.region()).launch().runInstances(run));
            return result(request, answer);
        } catch (Exception e) {
            Interrupts.keep(e);
            var why = CallFailure.of(e, Target.of(request));
            if (again && !Thread.currentThread().isInterrupted()) {
                return secondTry(request, run, why);
            }
            return result(why);
        }
    }

    /// The same token makes it the same launch.
    private AllocationResult secondTry(
            AllocationRequest request, RunInstancesRequest run, CallFailure why) {
        return switch (why) {
            case CallFailure.Lost(var reason, var brokenOff) when brokenOff -> {
                LOG.atInfo()
                        .addKeyValue("token", request.token())
                        .addKeyValue("reason", reason)
                        .log("answer to RunInstances lost, asking again");
                yield afterLoss(ask(request, run, false), reason);
            }
            case CallFailure.Refused(var failure)
                    when failure.code().equals("IdempotentParameterMismatch") ->
                    firstImage(request)
                            .filter(image -> !image.equals(run.imageId()))
                            .map(image -> run.toBuilder().imageId(image).build())
                            .map(asBefore -> ask(request, asBefore, false))
                            .orElseGet(() -> result(why));
            default -> result(why);
        };
    }

    /// A second answer that does not look at the token leaves the first one open.
    private static AllocationResult afterLoss(AllocationResult second, String firstLost) {
        return second instanceof AllocationResult.Refused refused && !refused.settles()
                ? new AllocationResult.Unknown(
                        firstLost + ", then " + refused.failure().code() + " when asked again")
                : second;
    }

    private Optional<String> firstImage(AllocationRequest request) {
        try {
            return images.ofToken(request);
        } catch (Exception e) {
            Interrupts.keep(e);
            LOG.atWarn()
                    .addKeyValue("token", request.token())
                    .addKeyValue("reason", e.toString())
                    .log("image of the first launch not found");
            return Optional.empty();
        }
    }

    private AllocationResult result(AllocationRequest request, RunInstancesResponse answer) {
        var made =
                answer.instances().stream()
                        .map(machine -> machines.of(request.region(), machine))
                        .toList();
        if (made.isEmpty()) {
            return new AllocationResult.Unknown("the answer names no machine");
        }
        return made.size() < request.min()
                ? new AllocationResult.Partial(made, shortage(request, made.size()))
                : new AllocationResult.Allocated(made);
    }

    private static AllocationResult result(CallFailure why) {
        return switch (why) {
            case CallFailure.Refused(var failure) -> new AllocationResult.Refused(failure);
            case CallFailure.Lost(var reason, _) -> new AllocationResult.Unknown(reason);
        };
    }

    private static CloudFailure shortage(AllocationRequest request, int made) {
        return new CloudFailure(
                CAPACITY,
                Target.of(request).scope(Reach.TYPE_IN_ZONE),
                "InsufficientInstanceCapacity",
                "EC2 made %d of at least %d".formatted(made, request.min()));
    }
}
