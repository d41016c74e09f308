package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.CAPACITY;

import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
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
/// with anything else; what then exists is adopted.
final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final String MISMATCH = "IdempotentParameterMismatch";

    private final AwsCalls aws;
    private final Machines machines;
    private final PlacementGroups groups;
    private final LaunchOrders orders;
    private final Adoption adoption;

    Launcher(AwsCalls aws, Machines machines, PlacementGroups groups, LaunchOrders orders) {
        this.aws = aws;
        this.machines = machines;
        this.groups = groups;
        this.orders = orders;
        this.adoption = new Adoption(aws, machines);
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
            var answer = aws.launch("RunInstances", request.region(), ec2 -> ec2.runInstances(run));
            return result(request, answer);
        } catch (Exception e) {
            Interrupts.keep(e);
            var why = CallFailure.of(e, Target.of(request));
            if (again && !Thread.currentThread().isInterrupted()) {
                return secondTry(request, run, why);
            }
            return settled(request, why);
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
            default -> settled(request, why);
        };
    }

    /// A second answer that does not look at the token leaves the first one open.
    private static AllocationResult afterLoss(AllocationResult second, String firstLost) {
        return second instanceof AllocationResult.Refused refused && !refused.settles()
                ? new AllocationResult.Unknown(
                        firstLost + ", then " + refused.failure().code() + " when asked again")
                : second;
    }

    private AllocationResult settled(AllocationRequest request, CallFailure why) {
        return switch (why) {
            case CallFailure.Refused(var failure) when failure.code().equals(MISMATCH) ->
                    adopted(request, failure);
            case CallFailure.Refused(var failure) -> new AllocationResult.Refused(failure);
            case CallFailure.Lost(var reason, _) -> new AllocationResult.Unknown(reason);
        };
    }

    private AllocationResult adopted(AllocationRequest request, CloudFailure mismatch) {
        try {
            return adoption.adopt(request, mismatch);
        } catch (Exception e) {
            Interrupts.keep(e);
            return new AllocationResult.Unknown(
                    mismatch.message() + " Its machines cannot be listed: " + e);
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

    private static CloudFailure shortage(AllocationRequest request, int made) {
        return new CloudFailure(
                CAPACITY,
                Target.of(request).scope(Reach.TYPE_IN_ZONE),
                "InsufficientInstanceCapacity",
                "EC2 made %d of at least %d".formatted(made, request.min()));
    }
}
