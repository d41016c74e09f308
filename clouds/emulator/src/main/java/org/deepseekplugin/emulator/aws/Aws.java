package org.deepseekplugin.emulator.aws;

import java.time.InstantSource;
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
        var xml = new InstanceXml(account.number(), catalogue);
        var ids = new Ids(random);
        var network = new Network(catalogue);
        Map<String, Ec2Action> actions =
                Map.ofEntries(
                        Map.entry(
                                "RunInstances",
                                new RunInstances(machines, catalogue, network, xml, ids)),
                        Map.entry(
                                "DescribeInstances",
                                new DescribeInstances(machines, xml, faults, clock)),
                        Map.entry("TerminateInstances", new TerminateInstances(machines)),
                        Map.entry("DescribeRegions", new DescribePlaces.Regions(catalogue)),
                        Map.entry("DescribeAvailabilityZones", new DescribePlaces.Zones(catalogue)),
                        Map.entry("DescribeInstanceTypes", new DescribeInstanceTypes(catalogue)),
                        Map.entry(
                                "DescribeInstanceTypeOfferings", new DescribeOfferings(catalogue)),
                        Map.entry(
                                "DescribeSpotPriceHistory",
                                new DescribeSpotPrices(catalogue, clock)),
                        Map.entry("DescribeVpcs", new DescribeNetwork.Vpcs(account.number())),
                        Map.entry(
                                "DescribeSubnets",
                                new DescribeNetwork.Subnets(catalogue, account.number())),
                        Map.entry(
                                "DescribeSecurityGroups",
                                new DescribeNetwork.SecurityGroups(account.number())),
                        Map.entry("DescribeImages", new DescribeImages()),
                        Map.entry("CreateTags", new Tagging.CreateTags(machines)),
                        Map.entry("DescribeTags", new Tagging.DescribeTags(machines)),
                        Map.entry(
                                "CreatePlacementGroup", new PlacementGroups.Create(machines, ids)),
                        Map.entry("DeletePlacementGroup", new PlacementGroups.Delete(machines)),
                        Map.entry(
                                "DescribePlacementGroups", new PlacementGroups.Describe(machines)));
        Map<String, AwsService> services =
                Map.of("sts", new StsService(account), "ssm", new SsmService(clock));
        var ec2 = new Ec2Service(actions);
        return new AwsApi(account, catalogue, ec2, services, faults, book, clock);
    }

    private Aws() {}
}
