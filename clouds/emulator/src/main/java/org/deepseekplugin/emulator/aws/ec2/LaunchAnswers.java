package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.machines.Launch;
import org.deepseekplugin.emulator.machines.LaunchOrder;
import org.deepseekplugin.emulator.machines.LaunchResult;
import org.deepseekplugin.emulator.offers.Market;

/// Says what the model decided in EC2's codes and sentences.
final class LaunchAnswers {

    /// The launch, or the refusal as an error.
    static Launch accepted(LaunchResult result, LaunchOrder order) {
        return switch (result) {
            case LaunchResult.Launched(var launch) -> launch;
            case LaunchResult.Repeated(var launch) -> launch;
            case LaunchResult.TokenMismatch mismatch ->
                    throw new AwsError(
                            "IdempotentParameterMismatch",
                            "Arguments on this idempotent request are inconsistent with arguments"
                                    + " used in previous request(s).");
            case LaunchResult.TokenSpent spent ->
                    throw new AwsError(
                            "IdempotentInstanceTerminated",
                            "The client token belongs to a request whose instances have been"
                                    + " terminated.");
            case LaunchResult.NotOffered(var elsewhere) -> throw notOffered(order, elsewhere);
            case LaunchResult.NoCapacity(var zone, var elsewhere) ->
                    throw new AwsError(
                            "InsufficientInstanceCapacity",
                            ("We currently do not have sufficient %s capacity in the Availability"
                                                    + " Zone you requested (%s). Our system will be working"
                                                    + " on provisioning additional capacity.")
                                            .formatted(order.type(), zone)
                                    + advice(order, elsewhere));
            case LaunchResult.OverQuota(var family, var limit) -> throw overQuota(order, limit);
        };
    }

    private static AwsError notOffered(LaunchOrder order, List<String> elsewhere) {
        var where =
                order.zone()
                        .map(zone -> "your requested Availability Zone (" + zone + ")")
                        .orElse("the region " + order.region());
        return new AwsError(
                "Unsupported",
                "Your requested instance type (%s) is not supported in %s."
                                .formatted(order.type(), where)
                        + (elsewhere.isEmpty()
                                ? ""
                                : " Please retry your request by not specifying an Availability"
                                        + " Zone or choosing "
                                        + String.join(", ", elsewhere)
                                        + "."));
    }

    private static String advice(LaunchOrder order, List<String> elsewhere) {
        return elsewhere.isEmpty()
                ? ""
                : " You can currently get %s capacity by not specifying an Availability Zone in your request or choosing %s."
                        .formatted(order.type(), String.join(", ", elsewhere));
    }

    private static AwsError overQuota(LaunchOrder order, int limit) {
        return order.market() == Market.SPOT
                ? new AwsError("MaxSpotInstanceCountExceeded", "Max spot instance count exceeded")
                : new AwsError(
                        "VcpuLimitExceeded",
                        ("You have requested more vCPU capacity than your current vCPU limit of %d"
                                        + " allows for the instance bucket that the specified"
                                        + " instance type belongs to. Please visit the EC2 request"
                                        + " form to request an adjustment to this limit.")
                                .formatted(limit));
    }

    private LaunchAnswers() {}
}
