package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// Which subnet and security groups a machine gets: the configured ones of its place, or the
/// default network's. Asked once per region and driver. Thread-safe.
final class Networks {
    private final AwsConfig config;
    private final AwsCalls aws;
    private final Map<String, Map<String, String>> subnetByZone = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> defaultSubnetByZone = new ConcurrentHashMap<>();
    private final Map<String, List<String>> groups = new ConcurrentHashMap<>();

    Networks(AwsConfig config, AwsCalls aws) {
        this.config = config;
        this.aws = aws;
    }

    /// The first configured subnet of the zone, the same one each time; empty if none is
    /// configured, which leaves the choice to EC2.
    ///
    /// @throws CloudException if there are subnets configured, but none in this zone
    Optional<String> subnet(AllocationRequest request) throws Exception {
        if (config.subnets().isEmpty()) {
            return Optional.empty();
        }
        var byZone = subnetByZone.get(request.region());
        if (byZone == null) {
            byZone = ask(request.region(), Filters.of("subnet-id", config.subnets()));
            subnetByZone.put(request.region(), byZone);
        }
        return Optional.of(in(request, byZone, "none of clouds.aws.subnet-ids is in %s; add one"));
    }

    /// The configured subnet, or the one that EC2 would choose, for launches that must name it.
    String namedSubnet(AllocationRequest request) throws Exception {
        var configured = subnet(request);
        if (configured.isPresent()) {
            return configured.get();
        }
        var byZone = defaultSubnetByZone.get(request.region());
        if (byZone == null) {
            byZone = ask(request.region(), Filters.of("default-for-az", "true"));
            defaultSubnetByZone.put(request.region(), byZone);
        }
        return in(
                request,
                byZone,
                "the account has no default subnet in %s; name one in clouds.aws.subnet-ids");
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

    private Map<String, String> ask(String region, Filter wanted) throws Exception {
        var answer =
                aws.query(
                        "DescribeSubnets",
                        region,
                        ec2 -> ec2.describeSubnets(r -> r.filters(wanted)));
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
        var answer =
                aws.query(
                        "DescribeSecurityGroups",
                        region,
                        ec2 -> ec2.describeSecurityGroups(r -> r.filters(wanted)));
        return answer.securityGroups().stream().map(SecurityGroup::groupId).sorted().toList();
    }

    private static String in(AllocationRequest request, Map<String, String> byZone, String remedy) {
        var subnet = byZone.get(request.zone());
        if (subnet == null) {
            throw new CloudException(
                    new CloudFailure(
                            INVALID,
                            Target.of(request).scope(Reach.TYPE_IN_ZONE),
                            "NoSubnet",
                            remedy.formatted(request.zone())),
                    null);
        }
        return subnet;
    }
}
