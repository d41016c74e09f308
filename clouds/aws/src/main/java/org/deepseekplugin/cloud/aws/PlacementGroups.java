package org.deepseekplugin.cloud.aws;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.PlacementStrategy;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/// One cluster placement group per token that asks for a fabric, named by owner and token, so that
/// a repetition finds its own. Groups cost nothing but are limited to 500 a region: each launch
/// first deletes the owner's empty ones. Thread-safe.
final class PlacementGroups {
    private static final Logger LOG = LoggerFactory.getLogger(PlacementGroups.class);
    private final AwsCalls aws;
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    PlacementGroups(AwsCalls aws) {
        this.aws = aws;
    }

    /// Makes the request's group unless it exists. The caller hands it back with [#launched] once
    /// the machines are in it.
    String make(AllocationRequest request) throws Exception {
        var name = prefix(request.owner()) + request.token() + "." + request.zone();
        inUse.add(name);
        sweep(request);
        try {
            create(request, name);
        } catch (Exception e) {
            if (!(e instanceof Ec2Exception no && hasCode(no, "InvalidPlacementGroup.Duplicate"))) {
                inUse.remove(name);
                throw e;
            }
        }
        return name;
    }

    void launched(String group) {
        inUse.remove(group);
    }

    private void create(AllocationRequest request, String name) throws Exception {
        var tags = Tags.of(ResourceType.PLACEMENT_GROUP, InstanceTags.of(request));
        aws.query(
                "CreatePlacementGroup",
                request.region(),
                ec2 ->
                        ec2.createPlacementGroup(r ->
                                r.groupName(name)
                                        .strategy(PlacementStrategy.CLUSTER)
                                        .tagSpecifications(tags)));
    }

    /// Best effort: what stays is tried again at the next launch.
    private void sweep(AllocationRequest request) {
        try {
            var answer =
                    aws.query(
                            "DescribePlacementGroups",
                            request.region(),
                            ec2 -> ec2.describePlacementGroups());
            var own = prefix(request.owner());
            for (var group : answer.placementGroups()) {
                if (group.groupName().startsWith(own) && !inUse.contains(group.groupName())) {
                    delete(request.region(), group.groupName());
                }
            }
        } catch (Exception e) {
            Interrupts.keep(e);
            LOG.atInfo()
                    .addKeyValue("reason", e.toString())
                    .log("placement groups not swept, next launch tries again");
        }
    }

    private void delete(String region, String group) throws Exception {
        try {
            aws.query(
                    "DeletePlacementGroup",
                    region,
                    ec2 -> ec2.deletePlacementGroup(r -> r.groupName(group)));
        } catch (Ec2Exception e) {
            if (!hasCode(e, "InvalidPlacementGroup.InUse")
                    && !hasCode(e, "InvalidPlacementGroup.Unknown")) {
                throw e;
            }
        }
    }

    /// An owner has no dots, so none is the beginning of another.
    private static String prefix(OwnerTag owner) {
        return "deepseek." + owner.value() + ".";
    }

    private static boolean hasCode(Ec2Exception e, String code) {
        return e.awsErrorDetails() != null && code.equals(e.awsErrorDetails().errorCode());
    }
}
