package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.ShellScript;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/// Writes the RunInstances call of a request. Everything in it follows from the request and the
/// configuration, because EC2 refuses a known token that comes with anything else.
final class LaunchOrders {
    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: before base64.
    private static final int MOST_USER_DATA_BYTES = 16 * 1024;

    private final AwsConfig config;
    private final Images images;
    private final Networks networks;
    private final Fabrics fabrics;
    private final PlacementGroups groups;

    LaunchOrders(
            AwsConfig config,
            Images images,
            Networks networks,
            Fabrics fabrics,
            PlacementGroups groups) {
        this.config = config;
        this.images = images;
        this.networks = networks;
        this.fabrics = fabrics;
        this.groups = groups;
    }

    RunInstancesRequest of(AllocationRequest request) throws Exception {
        var run = machine(request);
        network(request, run);
        if (request.market() == Market.SPOT) {
            run.instanceMarketOptions(oneTimeSpot());
        }
        config.keyName().ifPresent(run::keyName);
        config.instanceProfile().ifPresent(name -> run.iamInstanceProfile(p -> p.name(name)));
        // last, because it may make something
        run.placement(placement(request));
        return run.build();
    }

    private RunInstancesRequest.Builder machine(AllocationRequest request) throws Exception {
        var userData = userData(request);
        var image = images.in(request.region());
        return RunInstancesRequest.builder()
                .clientToken(request.token())
                .minCount(request.min())
                .maxCount(request.max())
                .instanceType(request.instanceType())
                .userData(userData)
                .imageId(image)
                .blockDeviceMappings(images.rootDisk(request.region(), image))
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .metadataOptions(m ->
                        m.httpEndpoint(InstanceMetadataEndpointState.ENABLED)
                                .httpTokens(HttpTokensState.REQUIRED))
                .tagSpecifications(tags(request));
    }

    /// Everything that the launch makes is tagged by it.
    private static List<TagSpecification> tags(AllocationRequest request) {
        var tags = InstanceTags.of(request);
        var made =
                new ArrayList<>(
                        List.of(
                                ResourceType.INSTANCE,
                                ResourceType.VOLUME,
                                ResourceType.NETWORK_INTERFACE));
        if (request.market() == Market.SPOT) {
            made.add(ResourceType.SPOT_INSTANCES_REQUEST);
        }
        return made.stream().map(type -> Tags.of(type, tags)).toList();
    }

    /// Named at the machine where that is enough, at its interfaces where something is said of
    /// them.
    private void network(AllocationRequest request, RunInstancesRequest.Builder run)
            throws Exception {
        int efas = fabrics.interfaces(request);
        var groups = networks.securityGroups(request.region());
        if (efas == 0 && config.publicAddress().isEmpty()) {
            networks.subnet(request).ifPresent(run::subnetId);
            if (!groups.isEmpty()) {
                run.securityGroupIds(groups);
            }
            return;
        }
        var first =
                InstanceNetworkInterfaceSpecification.builder()
                        .deviceIndex(0)
                        .subnetId(networks.namedSubnet(request))
                        .deleteOnTermination(true);
        if (!groups.isEmpty()) {
            first.groups(groups);
        }
        if (efas <= 1) {
            config.publicAddress().ifPresent(first::associatePublicIpAddress);
        }
        run.networkInterfaces(Fabrics.attach(efas, first.build()));
    }

    private Placement placement(AllocationRequest request) throws Exception {
        var placement = Placement.builder().availabilityZone(request.zone());
        if (request.cohesion() == Cohesion.FABRIC) {
            placement.groupName(groups.make(request));
        }
        return placement.build();
    }

    private static InstanceMarketOptionsRequest oneTimeSpot() {
        return InstanceMarketOptionsRequest.builder()
                .marketType(MarketType.SPOT)
                .spotOptions(spot ->
                        spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                                .instanceInterruptionBehavior(
                                        InstanceInterruptionBehavior.TERMINATE))
                .build();
    }

    private static String userData(AllocationRequest request) {
        var script = ShellScript.of(request.bootstrap()).getBytes(UTF_8);
        if (script.length > MOST_USER_DATA_BYTES) {
            throw new CloudException(tooLong(script.length), null);
        }
        return Base64.getEncoder().encodeToString(script);
    }

    private static CloudFailure tooLong(int bytes) {
        return new CloudFailure(
                INVALID,
                new Target("", Optional.empty()).scope(Reach.ONE_REQUEST),
                "UserDataTooLong",
                "the bootstrap has %,d bytes; EC2 takes at most %,d"
                        .formatted(bytes, MOST_USER_DATA_BYTES));
    }
}
