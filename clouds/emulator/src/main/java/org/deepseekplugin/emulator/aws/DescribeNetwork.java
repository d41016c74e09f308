package org.deepseekplugin.emulator.aws;

import java.util.List;
import java.util.Set;
import org.deepseekplugin.emulator.machines.Catalogue;
import org.deepseekplugin.emulator.machines.Zone;

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
            var filters = Filters.of(call.params());
            var shown =
                    filters.accept(name -> attribute(id, name)) ? List.of(id) : List.<String>of();
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

        private static List<String> attribute(String id, String filter) {
            return switch (filter) {
                case "vpc-id" -> List.of(id);
                case "is-default", "isDefault" -> List.of("true");
                case "state" -> List.of("available");
                default -> tagOrUnknown(filter);
            };
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
            var filters = Filters.of(call.params());
            var shown =
                    zones.stream()
                            .filter(zone -> wanted.contains(Network.subnet(zone.name())))
                            .filter(zone -> filters.accept(name -> attribute(zone, name)))
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
                    .text("availabilityZoneId", DescribePlaces.id(zone))
                    .text("defaultForAz", true)
                    .text("mapPublicIpOnLaunch", true);
        }

        private static List<String> attribute(Zone zone, String filter) {
            return switch (filter) {
                case "subnet-id" -> List.of(Network.subnet(zone.name()));
                case "vpc-id" -> List.of(Network.vpc(zone.region()));
                case "availability-zone", "availabilityZone" -> List.of(zone.name());
                case "availability-zone-id" -> List.of(DescribePlaces.id(zone));
                case "default-for-az", "defaultForAz" -> List.of("true");
                case "state" -> List.of("available");
                default -> tagOrUnknown(filter);
            };
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
            var filters = Filters.of(call.params());
            boolean meets = filters.accept(name -> attribute(call.region(), id, name));
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

        private static List<String> attribute(String region, String id, String filter) {
            return switch (filter) {
                case "group-id" -> List.of(id);
                case "group-name" -> List.of("default");
                case "vpc-id" -> List.of(Network.vpc(region));
                default -> tagOrUnknown(filter);
            };
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

    /// The default network has no tags.
    private static List<String> tagOrUnknown(String filter) {
        if (filter.startsWith("tag:") || filter.startsWith("tag-")) {
            return List.of();
        }
        throw Filters.unknown(filter);
    }

    private static Set<String> with(String... names) {
        var all = new java.util.HashSet<>(PAGING);
        all.addAll(List.of(names));
        return all;
    }

    private DescribeNetwork() {}
}
