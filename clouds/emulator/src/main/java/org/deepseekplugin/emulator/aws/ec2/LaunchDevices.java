package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Set;
import org.deepseekplugin.emulator.aws.catalogue.Image;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.offers.Catalogue;

/// Checks what a launch says of disks, network interfaces, metadata and shutdown. None of it
/// changes an emulated machine, but EC2 refuses it where it is wrong.
final class LaunchDevices {
    private static final int MAX_VOLUME_GIB = 16_384;
    private static final Set<String> VOLUME_TYPES =
            Set.of("standard", "gp2", "gp3", "io1", "io2", "st1", "sc1");

    private final Catalogue catalogue;

    LaunchDevices(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// @throws AwsError as EC2 does
    void check(Params params, String type, Image image) {
        oneOf(params, "MetadataOptions.HttpTokens", "optional", "required");
        oneOf(params, "MetadataOptions.HttpEndpoint", "enabled", "disabled");
        between(params, "MetadataOptions.HttpPutResponseHopLimit", 1, 64);
        oneOf(params, "InstanceInitiatedShutdownBehavior", "stop", "terminate");
        oneOf(
                params,
                "InstanceMarketOptions.SpotOptions.SpotInstanceType",
                "one-time",
                "persistent");
        oneOf(
                params,
                "InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior",
                "hibernate",
                "stop",
                "terminate");
        params.elements("BlockDeviceMapping").forEach(element -> volume(params, element, image));
        interfaces(params, type);
    }

    private static void volume(Params params, String element, Image image) {
        var device = params.required(element + ".DeviceName");
        var size = between(params, element + ".Ebs.VolumeSize", 1, MAX_VOLUME_GIB);
        params.text(element + ".Ebs.VolumeType")
                .filter(type -> !VOLUME_TYPES.contains(type))
                .ifPresent(type -> {
                    throw AwsError.invalidValue(
                            "Value (%s) for parameter volumeType is invalid.".formatted(type));
                });
        if (device.equals(Image.ROOT_DEVICE) && size > 0 && size < image.rootGib()) {
            throw new AwsError(
                    "InvalidBlockDeviceMapping",
                    "Volume of size %dGB is smaller than snapshot '%s', expect size>= %dGB"
                            .formatted(size, image.snapshot(), image.rootGib()));
        }
    }

    private void interfaces(Params params, String type) {
        var interfaces = params.elements("NetworkInterface");
        if (interfaces.isEmpty()) {
            return;
        }
        if (params.text("SubnetId").isPresent() || !params.elements("SecurityGroupId").isEmpty()) {
            throw new AwsError(
                    "InvalidParameterCombination",
                    "Network interfaces and an instance-level subnet ID or security groups may not"
                            + " be specified on the same request");
        }
        for (var element : interfaces) {
            params.required(element + ".DeviceIndex");
            between(params, element + ".DeviceIndex", 0, 64);
            between(params, element + ".NetworkCardIndex", 0, cards(type) - 1);
            oneOf(params, element + ".InterfaceType", "interface", "efa", "efa-only");
            if (interfaces.size() > 1
                    && params.text(element + ".AssociatePublicIpAddress").isPresent()) {
                throw new AwsError(
                        "InvalidParameterCombination",
                        "The associatePublicIPAddress parameter cannot be specified when launching"
                                + " with multiple network interfaces.");
            }
        }
        efa(params, interfaces, type);
    }

    private void efa(Params params, List<String> interfaces, String type) {
        long wanted =
                interfaces.stream()
                        .filter(element ->
                                params.text(element + ".InterfaceType")
                                        .filter(kind -> kind.startsWith("efa"))
                                        .isPresent())
                        .count();
        int most = catalogue.type(type).orElseThrow().efaInterfaces();
        if (wanted > most) {
            throw new AwsError(
                    "InvalidParameterCombination",
                    "%d EFA interfaces were requested, but %s supports %d."
                            .formatted(wanted, type, most));
        }
    }

    /// Types with several network cards have one EFA interface on each.
    private int cards(String type) {
        return Math.max(1, catalogue.type(type).orElseThrow().efaInterfaces());
    }

    private static void oneOf(Params params, String name, String... values) {
        params.text(name)
                .filter(value -> !List.of(values).contains(value))
                .ifPresent(value -> {
                    throw AwsError.invalidValue(
                            "Value (%s) for parameter %s is invalid.".formatted(value, name));
                });
    }

    /// @return 0 if it is not given
    private static int between(Params params, String name, int least, int most) {
        var number = params.number(name);
        number.filter(value -> value < least || value > most)
                .ifPresent(value -> {
                    throw AwsError.invalidValue(
                            "Value (%d) for parameter %s is invalid. It must be from %d to %d."
                                    .formatted(value, name, least, most));
                });
        return number.orElse(0);
    }
}
