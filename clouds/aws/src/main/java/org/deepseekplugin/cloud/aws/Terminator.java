package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.NOT_FOUND;

import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.Termination;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;

/// Gives machines back. Volumes and network interfaces that a launch made go with the machine.
final class Terminator {
    private final AwsCalls aws;

    Terminator(AwsCalls aws) {
        this.aws = aws;
    }

    Termination terminate(InstanceId id) {
        try {
            var answer =
                    aws.query(
                            "TerminateInstances",
                            id.region(),
                            ec2 -> ec2.terminateInstances(r -> r.instanceIds(id.value())));
            boolean goneBefore =
                    answer.terminatingInstances().stream().allMatch(Terminator::wasTerminated);
            return goneBefore ? new Termination.AlreadyGone() : new Termination.Accepted();
        } catch (Exception e) {
            Interrupts.keep(e);
            return switch (CallFailure.of(e, Target.of(id.region()))) {
                case CallFailure.Refused(var failure) when failure.kind() == NOT_FOUND ->
                        new Termination.AlreadyGone();
                case CallFailure.Refused(var failure) -> new Termination.Refused(failure);
                case CallFailure.Lost(var reason, _) -> new Termination.Unknown(reason);
            };
        }
    }

    private static boolean wasTerminated(InstanceStateChange change) {
        return change.previousState() != null
                && Machines.state(change.previousState().name()) == InstanceState.TERMINATED;
    }
}
