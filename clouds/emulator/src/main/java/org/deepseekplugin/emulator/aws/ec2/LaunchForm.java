package org.deepseekplugin.emulator.aws.ec2;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.catalogue.Image;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.machines.LaunchOrder;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Market;

/// Reads what `RunInstances` asks for, and checks it as EC2 does before it looks at capacity.
final class LaunchForm {
    private static final int MAX_USER_DATA_BYTES = 16_384;
    private static final int MAX_TOKEN_CHARACTERS = 64;

    /// What does not make another request: the token, and how the call is sent.
    private static final Set<String> NOT_THE_REQUEST = Set.of("ClientToken", "DryRun", "Version");

    private static final Set<String> TAGGABLE =
            Set.of("instance", "volume", "network-interface", "spot-instances-request");

    private final Machines machines;
    private final Catalogue catalogue;
    private final Network network;
    private final LaunchDevices devices;

    LaunchForm(Machines machines, Catalogue catalogue) {
        this.machines = machines;
        this.catalogue = catalogue;
        this.network = new Network(catalogue);
        this.devices = new LaunchDevices(catalogue);
    }

    /// @throws AwsError for what is missing, unknown or impossible
    LaunchOrder read(AwsCall call) {
        var params = call.params();
        var type = type(params);
        var image = image(call.region(), params, type);
        int min = params.number("MinCount").orElseGet(() -> missing("MinCount"));
        int max = params.number("MaxCount").orElseGet(() -> missing("MaxCount"));
        checkCounts(min, max);
        var zone = zone(call);
        network.check(call.region(), params);
        devices.check(params, type, image);
        return new LaunchOrder(
                "aws",
                call.region(),
                zone,
                type,
                market(call.region(), params),
                image.id(),
                min,
                max,
                call.limit(),
                token(params),
                call.region() + "/" + zone.orElse(""),
                fingerprint(params),
                tags(params),
                userData(params),
                group(call));
    }

    private static void checkCounts(int min, int max) {
        if (min < 1 || max < min) {
            throw AwsError.invalidValue(
                    "minCount (%d) and maxCount (%d) must be at least 1, and maxCount not below minCount."
                            .formatted(min, max));
        }
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
        var ofSubnet = network.zoneOfSubnet(call.region(), call.params());
        if (named.isPresent() && ofSubnet.isPresent() && !named.equals(ofSubnet)) {
            throw AwsError.invalidValue(
                    "The specified subnet is in the zone %s, not in %s."
                            .formatted(ofSubnet.get(), named.get()));
        }
        return named.or(() -> ofSubnet);
    }

    private Market market(String region, Params params) {
        var market = params.text("InstanceMarketOptions.MarketType");
        if (market.isEmpty()) {
            return Market.ON_DEMAND;
        }
        if (!market.get().equals("spot")) {
            throw AwsError.invalidValue(
                    "Value ( %s ) for parameter marketType is invalid.".formatted(market.get()));
        }
        checkBid(region, params);
        return Market.SPOT;
    }

    private void checkBid(String region, Params params) {
        var bid = params.text("InstanceMarketOptions.SpotOptions.MaxPrice").map(LaunchForm::price);
        var price = catalogue.spotPrice(region, params.required("InstanceType"));
        if (bid.isPresent() && price.isPresent() && bid.get().compareTo(price.get()) < 0) {
            throw new AwsError(
                    "SpotMaxPriceTooLow",
                    "Your Spot request price of %s is lower than the minimum required Spot request fulfillment price of %s."
                            .formatted(bid.get(), price.get()));
        }
    }

    private static BigDecimal price(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw AwsError.invalidValue("Value (" + text + ") for parameter MaxPrice is invalid.");
        }
    }

    private static Optional<String> token(Params params) {
        var token = params.text("ClientToken");
        token.filter(text ->
                        text.length() > MAX_TOKEN_CHARACTERS
                                || text.chars().anyMatch(c -> c > 126 || c < 32))
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
        boolean known = PlacementGroups.find(machines, call.region(), name).isPresent();
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
