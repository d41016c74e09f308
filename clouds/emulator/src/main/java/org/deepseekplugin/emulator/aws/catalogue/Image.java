package org.deepseekplugin.emulator.aws.catalogue;

import java.util.List;
import java.util.Optional;

/// The machine images of a region. An id is the same on every computer.
///
/// @param parameter the public SSM parameter that holds the id
/// @param rootGib the size of the snapshot that its root volume is made from
public record Image(String id, String name, String architecture, String parameter, int rootGib) {
    public static final String ROOT_DEVICE = "/dev/sda1";

    public static List<Image> of(String region) {
        return List.of(deepLearning(region, "x86_64"), deepLearning(region, "arm64"));
    }

    /// The deep-learning image for x86-64.
    public static Image common(String region) {
        return of(region).getFirst();
    }

    public static Optional<Image> byId(String region, String id) {
        return of(region).stream().filter(image -> image.id().equals(id)).findFirst();
    }

    public static Optional<Image> byParameter(String region, String parameter) {
        return of(region).stream().filter(image -> image.parameter().equals(parameter)).findFirst();
    }

    public String snapshot() {
        return Ids.fixed("snap-", id);
    }

    private static Image deepLearning(String region, String architecture) {
        var name =
                "Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04, %s)"
                        .formatted(architecture);
        return new Image(
                Ids.fixed("ami-", region + " " + name),
                name,
                architecture,
                "/aws/service/deeplearning/ami/"
                        + architecture
                        + "/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id",
                75);
    }
}
