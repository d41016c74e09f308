package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Zone;

/// The default [Network] as `DescribeVpcs`, `DescribeSubnets` and `DescribeSecurityGroups` show it.
final class DescribeNetwork {
    private static final Set<String> PAGING = Set.of("Filter", "MaxResults", "NextToken");

    record Vpcs(String account) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return with("VpcId");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var id = Network.vpc(call.region());
            named(call, "VpcId", List.of(id), "InvalidVpcID.NotFound");
            var filter = Filters.of(call.params(), filters());
            var shown = filter.test(id) ? List.of(id) : List.<String>of();
            out.items(
                    "vpcSet",
                    shown,
                    (xml, vpc) ->
                            xml.text("vpcId", vpc)
                                    .text("ownerId", account)
                                    .text("state", "available")
                                    .text("cidrBlock", "127.0.0.0/8")
                                    .text("isDefault", true));
        }

        private static Map<String, Function<String, List<String>>> filters() {
            return Map.ofEntries(
                    Map.entry("vpc-id", id -> List.of(id)),
                    Map.entry("is-default", _ -> List.of("true")),
                    Map.entry("isDefault", _ -> List.of("true")),
                    Map.entry("state", _ -> List.of("available")));
        }
    }

    record Subnets(Catalogue catalogue, String account) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return with("SubnetId");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var zones = catalogue.zonesOf(call.region());
            var ids = zones.stream().map(zone -> Network.subnet(zone.name())).toList();
            var wanted = named(call, "SubnetId", ids, "InvalidSubnetID.NotFound");
            var filter = Filters.of(call.params(), filters());
            var shown =
                    zones.stream()
                            .filter(zone -> wanted.contains(Network.subnet(zone.name())))
                            .filter(filter)
                            .toList();
            out.items("subnetSet", shown, this::describe);
        }

        private void describe(Xml out, Zone zone) {
            out.text("subnetId", Network.subnet(zone.name()))
                    .text("vpcId", Network.vpc(zone.region()))
                    .text("ownerId", account)
                    .text("state", "available")
                    .text("cidrBlock", "127.0.0.0/8")
                    .text("availabilityZone", zone.name())
                    .text("availabilityZoneId", Ids.zone(zone))
                    .text("defaultForAz", true)
                    .text("mapPublicIpOnLaunch", true);
        }

        private static Map<String, Function<Zone, List<String>>> filters() {
            return Map.ofEntries(
                    Map.entry("subnet-id", zone -> List.of(Network.subnet(zone.name()))),
                    Map.entry("vpc-id", zone -> List.of(Network.vpc(zone.region()))),
                    Map.entry("availability-zone", zone -> List.of(zone.name())),
                    Map.entry("availabilityZone", zone -> List.of(zone.name())),
                    Map.entry("availability-zone-id", zone -> List.of(Ids.zone(zone))),
                    Map.entry("default-for-az", _ -> List.of("true")),
                    Map.entry("defaultForAz", _ -> List.of("true")),
                    Map.entry("state", _ -> List.of("available")));
        }
    }

    record SecurityGroups(String account) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return with("GroupId", "GroupName");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var id = Network.securityGroup(call.region());
            named(call, "GroupId", List.of(id), "InvalidGroup.NotFound");
            named(call, "GroupName", List.of("default"), "InvalidGroup.NotFound");
            var filter = Filters.of(call.params(), filters(call.region()));
            boolean meets = filter.test(id);
            out.items(
                    "securityGroupInfo",
                    meets ? List.of(id) : List.<String>of(),
                    (xml, group) ->
                            xml.text("groupId", group)
                                    .text("groupName", "default")
                                    .text("groupDescription", "default VPC security group")
                                    .text("ownerId", account)
                                    .text("vpcId", Network.vpc(call.region())));
        }

        private static Map<String, Function<String, List<String>>> filters(String region) {
            return Map.ofEntries(
                    Map.entry("group-id", id -> List.of(id)),
                    Map.entry("group-name", _ -> List.of("default")),
                    Map.entry("vpc-id", _ -> List.of(Network.vpc(region))));
        }
    }

    /// The ids that a call asks for, all of `existing` if it names none.
    private static List<String> named(
            AwsCall call, String parameter, List<String> existing, String notFound) {
        var named = call.params().list(parameter);
        for (var one : named) {
            if (!existing.contains(one)) {
                throw new AwsError(notFound, "The ID '" + one + "' does not exist");
            }
        }
        return named.isEmpty() ? existing : named;
    }

    private static Set<String> with(String... names) {
        var all = new java.util.HashSet<>(PAGING);
        all.addAll(List.of(names));
        return all;
    }

    private DescribeNetwork() {}
}
