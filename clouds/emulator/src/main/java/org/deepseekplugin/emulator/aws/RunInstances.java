package org.deepseekplugin.emulator.aws;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.deepseekplugin.emulator.machines.Catalogue;
import org.deepseekplugin.emulator.machines.Launch;
import org.deepseekplugin.emulator.machines.LaunchOrder;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.machines.Market;

/// Makes machines. The launch is in the book, on the disk, before this returns.
final class RunInstances implements Ec2Action {
    private static final int MAX_USER_DATA_BYTES = 16_384;

    /// What does not make another request: the token, and how the call is sent.
    private static final Set<String> NOT_THE_REQUEST = Set.of("ClientToken", "DryRun", "Version");

    private static final Set<String> TAGGABLE =
            Set.of("instance", "volume", "network-interface", "spot-instances-request");

    private final Machines machines;
    private final Catalogue catalogue;
    private final Network network;
    private final InstanceXml xml;
    private final Ids ids;

    RunInstances(
            Machines machines, Catalogue catalogue, Network network, InstanceXml xml, Ids ids) {
        this.machines = machines;
        this.catalogue = catalogue;
        this.network = network;
        this.xml = xml;
        this.ids = ids;
    }

    @Override
    public Set<String> parameters() {
        return Set.of(
                "ImageId",
                "InstanceType",
                "MinCount",
                "MaxCount",
                "ClientToken",
                "Placement",
                "SubnetId",
                "SecurityGroupId",
                "SecurityGroup",
                "KeyName",
                "UserData",
                "TagSpecification",
                "InstanceMarketOptions",
                "InstanceInitiatedShutdownBehavior",
                "IamInstanceProfile",
                "BlockDeviceMapping",
                "NetworkInterface",
                "MetadataOptions",
                "Monitoring",
                "EbsOptimized",
                "DisableApiTermination",
                "PrivateDnsNameOptions");
    }

    @Override
    public boolean rehearses() {
        return true;
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var order = order(call);
        boolean dry = call.params().flag("DryRun");
        var result = dry ? machines.rehearse(order, ids) : machines.launch(order, ids);
        var launch = LaunchAnswers.accepted(result, order);
        if (dry) {
            throw Ec2Service.dryRunPassed();
        }
        answer(launch, out);
    }

    private void answer(Launch launch, Xml out) {
        var made =
                launch.machines().stream()
                        .flatMap(placed -> machines.find(placed.id()).stream())
                        .toList();
        xml.reservation(out, launch, made);
    }

    private LaunchOrder order(AwsCall call) {
        var params = call.params();
        var type = type(params);
        var image = image(call.region(), params, type);
        int min = params.number("MinCount").orElseGet(() -> missing("MinCount"));
        int max = params.number("MaxCount").orElseGet(() -> missing("MaxCount"));
        if (min < 1 || max < min) {
            throw AwsError.invalidValue(
                    "minCount (%d) and maxCount (%d) must be at least 1, and maxCount not below minCount."
                            .formatted(min, max));
        }
        network.check(call.region(), params);
        return new LaunchOrder(
                "aws",
                call.region(),
                zone(call),
                type,
                market(params),
                image.id(),
                min,
                max,
                call.limit(),
                token(params),
                fingerprint(params),
                tags(params),
                userData(params),
                group(call));
    }

    private String type(Params params) {
        var name = params.text("InstanceType").orElse("m1.small");
        if (catalogue.type(name).isEmpty()) {
            throw AwsError.invalidValue("Invalid value '" + name + "' for InstanceType.");
        }
        return name;
    }

    private Image image(String region, Params params, String type) {
        var id = params.required("ImageId");
        Ids.checkImage(id);
        var image =
                Image.byId(region, id)
                        .orElseThrow(() ->
                                new AwsError(
                                        "InvalidAMIID.NotFound",
                                        "The image id '[" + id + "]' does not exist"));
        var needed = catalogue.type(type).orElseThrow().architecture();
        if (!image.architecture().equals(needed)) {
            throw AwsError.invalidValue(
                    "The architecture '%s' of the specified instance type does not match the architecture '%s' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again."
                            .formatted(needed, image.architecture()));
        }
        return image;
    }

    private Optional<String> zone(AwsCall call) {
        var named = call.params().text("Placement.AvailabilityZone");
        named.filter(name ->
                        catalogue.zonesOf(call.region()).stream()
                                .noneMatch(zone -> zone.name().equals(name)))
                .ifPresent(name -> {
                    throw AwsError.invalidValue("Invalid availability zone: [" + name + "]");
                });
        return named.or(() -> network.zoneOfSubnet(call.region(), call.params()));
    }

    private static Market market(Params params) {
        var type = params.text("InstanceMarketOptions.MarketType");
        return switch (type.orElse("")) {
            case "" -> Market.ON_DEMAND;
            case "spot" -> Market.SPOT;
            default ->
                    throw AwsError.invalidValue(
                            "Value ( %s ) for parameter marketType is invalid."
                                    .formatted(type.get()));
        };
    }

    private static Optional<String> token(Params params) {
        var token = params.text("ClientToken");
        token.filter(text -> text.length() > 64 || text.chars().anyMatch(c -> c > 126 || c < 32))
                .ifPresent(text -> {
                    throw new AwsError(
                            "InvalidParameterValue",
                            "The ClientToken must be at most 64 ASCII characters.");
                });
        return token;
    }

    private static String fingerprint(Params params) {
        var request = new TreeMap<>(params.values());
        request.keySet().removeAll(NOT_THE_REQUEST);
        return Ids.fixed("", request.toString());
    }

    private static Map<String, String> tags(Params params) {
        Map<String, String> tags = Map.of();
        for (var element : params.elements("TagSpecification")) {
            var kind = params.required(element + ".ResourceType");
            if (!TAGGABLE.contains(kind)) {
                throw AwsError.invalidValue(
                        "'%s' is not a valid taggable resource type for this operation."
                                .formatted(kind));
            }
            var given = params.tags(element + ".Tag");
            tags = kind.equals("instance") ? given : tags;
        }
        return tags;
    }

    private static String userData(Params params) {
        var encoded = params.text("UserData").orElse("");
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new AwsError("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data");
        }
        if (decoded.length > MAX_USER_DATA_BYTES) {
            throw AwsError.invalidValue("User data is limited to 16384 bytes");
        }
        return encoded;
    }

    private String group(AwsCall call) {
        var name = call.params().text("Placement.GroupName").orElse("");
        boolean known =
                machines.groups().stream()
                        .anyMatch(group ->
                                group.name().equals(name) && group.region().equals(call.region()));
        if (!name.isEmpty() && !known) {
            throw new AwsError(
                    "InvalidPlacementGroup.Unknown",
                    "The Placement Group '" + name + "' is unknown.");
        }
        return name;
    }

    private static int missing(String name) {
        throw new AwsError("MissingParameter", "The request must contain the parameter " + name);
    }
}
