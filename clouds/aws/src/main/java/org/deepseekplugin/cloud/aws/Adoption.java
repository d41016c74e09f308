package org.deepseekplugin.cloud.aws;

import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.InstanceTags;

/// What a token made before, found by its tag. EC2 refuses a known token whose call differs in
/// anything; ours may differ from the first although the request is the same: AWS published a newer
/// image, somebody changed the configuration, a newer driver asks for more. The machines are the
/// request's all the same.
final class Adoption {
    private final AwsCalls aws;
    private final Machines machines;

    Adoption(AwsCalls aws, Machines machines) {
        this.aws = aws;
        this.machines = machines;
    }

    /// @param mismatch EC2's refusal, which stands if the machines are not what the request is for
    AllocationResult adopt(AllocationRequest request, CloudFailure mismatch) throws Exception {
        var made = find(request);
        if (made.isEmpty()) {
            return new AllocationResult.Unknown(
                    mismatch.message() + " Its machines are not listed yet.");
        }
        boolean allEnded =
                made.stream().allMatch(machine -> machine.state() == InstanceState.TERMINATED);
        return allEnded || !fit(request, made)
                ? new AllocationResult.Refused(mismatch)
                : new AllocationResult.Allocated(made);
    }

    private List<Instance> find(AllocationRequest request) throws Exception {
        var filters =
                List.of(
                        Filters.owner(request.owner()),
                        Filters.of("tag:" + InstanceTags.TOKEN, request.token()),
                        Filters.of("availability-zone", request.zone()));
        var answer =
                aws.query(
                        "DescribeInstances",
                        request.region(),
                        ec2 -> ec2.describeInstances(r -> r.filters(filters)));
        return answer.reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(machine -> machines.of(request.region(), machine))
                .toList();
    }

    private static boolean fit(AllocationRequest request, List<Instance> made) {
        return made.size() >= request.min()
                && made.size() <= request.max()
                && made.stream()
                        .allMatch(machine ->
                                machine.instanceType().equals(request.instanceType())
                                        && machine.market() == request.market()
                                        && machine.intent().equals(Optional.of(request.intent())));
    }
}
