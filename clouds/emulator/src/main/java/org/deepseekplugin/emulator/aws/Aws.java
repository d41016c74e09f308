package org.deepseekplugin.emulator.aws;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.machines.CallBook;
import org.deepseekplugin.emulator.machines.Catalogue;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.wire.WireApi;

/// AWS, put together: which actions there are and what stands behind them.
public final class Aws {
    public static final String CLOUD = "aws";

    /// What clients get told to use; any other region, image and type of the catalogue will do.
    public static final String REGION = "us-west-2";

    public static final String INSTANCE_TYPE = "g4dn.xlarge";

    public static String image() {
        return Image.common(REGION).id();
    }

    public static Catalogue catalogue() {
        return new AwsCatalogue();
    }

    public static WireApi api(
            AwsAccount account,
            Catalogue catalogue,
            Machines machines,
            FaultBoard faults,
            CallBook book,
            InstantSource clock,
            RandomGenerator random) {
        var actions = new HashMap<String, Ec2Action>();
        actions.putAll(machineActions(account, catalogue, machines, faults, clock, random));
        actions.putAll(offerActions(catalogue, clock));
        actions.putAll(networkActions(account, catalogue));
        actions.putAll(groupActions(machines, random));
        Map<String, AwsService> services =
                Map.of("sts", new StsService(account), "ssm", new SsmService(clock));
        var ec2 = new Ec2Service(actions);
        return new AwsApi(account, catalogue, ec2, services, faults, book, clock);
    }

    private static Map<String, Ec2Action> machineActions(
            AwsAccount account,
            Catalogue catalogue,
            Machines machines,
            FaultBoard faults,
            InstantSource clock,
            RandomGenerator random) {
        var xml = new InstanceXml(account.number(), catalogue);
        var form = new LaunchForm(machines, catalogue);
        var listing = new Listing(machines, faults, clock);
        return Map.of(
                "RunInstances", new RunInstances(machines, form, xml, new Ids(random)),
                "DescribeInstances", new DescribeInstances(listing, xml),
                "DescribeInstanceStatus", new DescribeInstanceStatus(listing),
                "TerminateInstances", new TerminateInstances(machines),
                "CreateTags", new Tagging.CreateTags(machines),
                "DescribeTags", new Tagging.DescribeTags(machines));
    }

    private static Map<String, Ec2Action> offerActions(Catalogue catalogue, InstantSource clock) {
        return Map.of(
                "DescribeRegions", new DescribePlaces.Regions(catalogue),
                "DescribeAvailabilityZones", new DescribePlaces.Zones(catalogue),
                "DescribeInstanceTypes", new DescribeInstanceTypes(catalogue),
                "DescribeInstanceTypeOfferings", new DescribeOfferings(catalogue),
                "DescribeSpotPriceHistory", new DescribeSpotPrices(catalogue, clock),
                "DescribeImages", new DescribeImages());
    }

    private static Map<String, Ec2Action> networkActions(AwsAccount account, Catalogue catalogue) {
        return Map.of(
                "DescribeVpcs", new DescribeNetwork.Vpcs(account.number()),
                "DescribeSubnets", new DescribeNetwork.Subnets(catalogue, account.number()),
                "DescribeSecurityGroups", new DescribeNetwork.SecurityGroups(account.number()));
    }

    private static Map<String, Ec2Action> groupActions(Machines machines, RandomGenerator random) {
        return Map.of(
                "CreatePlacementGroup", new PlacementGroups.Create(machines, new Ids(random)),
                "DeletePlacementGroup", new PlacementGroups.Delete(machines),
                "DescribePlacementGroups", new PlacementGroups.Describe(machines));
    }

    private Aws() {}
}
