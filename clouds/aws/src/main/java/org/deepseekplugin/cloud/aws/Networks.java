package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// Which of the configured subnets and security groups a machine gets. Without any, EC2 takes the
/// default network. Asked once per region and driver. Thread-safe.
final class Networks {
    private final AwsConfig config;
    private final AwsClients clients;
    private final CloudCalls calls;
    private final Map<String, Map<String, String>> subnetByZone = new ConcurrentHashMap<>();
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();

    Networks(AwsConfig config, AwsClients clients, CloudCalls calls) {
        this.config = config;
        this.clients = clients;
        this.calls = calls;
    }

    /// The first configured subnet of the zone, the same one each time.
    ///
    /// @throws CloudException if there are subnets configured, but none in this zone
    Optional<String> subnet(AllocationRequest request) throws Exception {
        if (config.subnets().isEmpty()) {
            return Optional.empty();
        }
        var byZone = subnetByZone.get(request.region());
        if (byZone == null) {
            byZone = askSubnets(request.region());
            subnetByZone.put(request.region(), byZone);
        }
        var subnet = byZone.get(request.zone());
        if (subnet == null) {
            throw new CloudException(noSubnet(request), null);
        }
        return Optional.of(subnet);
    }

    /// Those of the configured groups that are in the region.
    List<String> securityGroups(String region) throws Exception {
        if (config.securityGroups().isEmpty()) {
            return List.of();
        }
        var here = groups.get(region);
        if (here == null) {
            here = askGroups(region);
            groups.put(region, here);
        }
        return here;
    }

    private Map<String, String> askSubnets(String region) throws Exception {
        var wanted = Filters.of("subnet-id", config.subnets());
        var ec2 = clients.in(region).query();
        var answer =
                calls.around(
                        "DescribeSubnets",
                        region,
                        () -> ec2.describeSubnets(r -> r.filters(wanted)));
        return answer.subnets().stream()
                .collect(
                        Collectors.toMap(
                                Subnet::availabilityZone, Subnet::subnetId, this::firstConfigured));
    }

    private String firstConfigured(String a, String b) {
        return config.subnets().indexOf(a) <= config.subnets().indexOf(b) ? a : b;
    }

    private List<String> askGroups(String region) throws Exception {
        var wanted = Filters.of("group-id", config.securityGroups());
        var ec2 = clients.in(region).query();
        var answer =
                calls.around(
                        "DescribeSecurityGroups",
                        region,
                        () -> ec2.describeSecurityGroups(r -> r.filters(wanted)));
        return answer.securityGroups().stream().map(SecurityGroup::groupId).sorted().toList();
    }

    private static CloudFailure noSubnet(AllocationRequest request) {
        return new CloudFailure(
                INVALID,
                Target.of(request).scope(Reach.TYPE_IN_ZONE),
                "NoSubnet",
                "none of clouds.aws.subnet-ids is in "
                        + request.zone()
                        + "; add one, or none at all");
    }
}
