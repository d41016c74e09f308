package org.deepseekplugin.emulator.aws.ec2;

import java.util.HashMap;
import java.util.Map;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsAccount;
import org.deepseekplugin.emulator.aws.protocol.AwsService;
import org.deepseekplugin.emulator.clouds.Surroundings;
import org.deepseekplugin.emulator.offers.Catalogue;

/// EC2, put together: which actions there are and what stands behind them.
public final class Ec2 {

    public static AwsService service(
            AwsAccount account, Catalogue catalogue, Surroundings surroundings) {
        var actions = new HashMap<String, Ec2Action>();
        actions.putAll(machines(account, catalogue, surroundings));
        actions.putAll(offers(catalogue, surroundings));
        actions.putAll(networks(account, catalogue));
        actions.putAll(groups(surroundings));
        return new Ec2Service(actions);
    }

    private static Map<String, Ec2Action> machines(
            AwsAccount account, Catalogue catalogue, Surroundings surroundings) {
        var machines = surroundings.machines();
        var xml = new InstanceXml(account.number(), catalogue);
        var form = new LaunchForm(machines, catalogue);
        var listing = new Listing(machines, surroundings.lag(), surroundings.clock());
        var ids = new Ids(surroundings.random());
        return Map.of(
                "RunInstances", new RunInstances(machines, form, xml, ids),
                "DescribeInstances", new DescribeInstances(listing, xml),
                "DescribeInstanceStatus", new DescribeInstanceStatus(listing),
                "TerminateInstances", new TerminateInstances(machines),
                "CreateTags", new Tagging.CreateTags(machines),
                "DescribeTags", new Tagging.DescribeTags(machines));
    }

    private static Map<String, Ec2Action> offers(Catalogue catalogue, Surroundings surroundings) {
        return Map.of(
                "DescribeRegions", new DescribePlaces.Regions(catalogue),
                "DescribeAvailabilityZones", new DescribePlaces.Zones(catalogue),
                "DescribeInstanceTypes", new DescribeInstanceTypes(catalogue),
                "DescribeInstanceTypeOfferings", new DescribeOfferings(catalogue),
                "DescribeSpotPriceHistory", new DescribeSpotPrices(catalogue, surroundings.clock()),
                "DescribeImages", new DescribeImages());
    }

    private static Map<String, Ec2Action> networks(AwsAccount account, Catalogue catalogue) {
        return Map.of(
                "DescribeVpcs", new DescribeNetwork.Vpcs(account.number()),
                "DescribeSubnets", new DescribeNetwork.Subnets(catalogue, account.number()),
                "DescribeSecurityGroups", new DescribeNetwork.SecurityGroups(account.number()));
    }

    private static Map<String, Ec2Action> groups(Surroundings surroundings) {
        var machines = surroundings.machines();
        var ids = new Ids(surroundings.random());
        return Map.of(
                "CreatePlacementGroup", new PlacementGroups.Create(machines, ids),
                "DeletePlacementGroup", new PlacementGroups.Delete(machines),
                "DescribePlacementGroups", new PlacementGroups.Describe(machines));
    }

    private Ec2() {}
}
