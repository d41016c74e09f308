package org.deepseekplugin.cloud.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/// The image that machines start from: configured, or the newest that AWS publishes under a
/// parameter's name; and the disk that they start with, which has to hold weights. Each is read
/// once per driver. Thread-safe.
final class Images {
    private final AwsConfig config;
    private final AwsCalls aws;
    private final Map<String, String> newest = new ConcurrentHashMap<>();
    private final Map<String, BlockDeviceMapping> disks = new ConcurrentHashMap<>();

    Images(AwsConfig config, AwsCalls aws) {
        this.config = config;
        this.aws = aws;
    }

    String in(String region) throws Exception {
        var configured = config.images().get(region);
        if (configured != null) {
            return configured;
        }
        var known = newest.get(region);
        if (known != null) {
            return known;
        }
        var answer =
                aws.parameters(
                        "GetParameter",
                        region,
                        ssm -> ssm.getParameter(r -> r.name(config.imageParameter())));
        newest.put(region, answer.parameter().value());
        return answer.parameter().value();
    }

    /// As big as configured, or as the image needs it. It goes with its machine.
    BlockDeviceMapping rootDisk(String region, String image) throws Exception {
        var known = disks.get(region + " " + image);
        if (known != null) {
            return known;
        }
        DescribeImagesResponse answer =
                aws.query(
                        "DescribeImages",
                        region,
                        ec2 -> ec2.describeImages(r -> r.imageIds(image)));
        var disk = rootDisk(answer.images().stream().findFirst().orElseThrow(() -> unknown(image)));
        disks.put(region + " " + image, disk);
        return disk;
    }

    private static CloudException unknown(String image) {
        return new CloudException(
                new CloudFailure(
                        CloudFailure.Kind.INVALID,
                        new FailureScope.OneRequest(),
                        "InvalidAMIID.NotFound",
                        "there is no image " + image + "; correct clouds.aws.image-id"),
                null);
    }

    private BlockDeviceMapping rootDisk(Image image) {
        int needed =
                image.blockDeviceMappings().stream()
                        .filter(mapping -> mapping.deviceName().equals(image.rootDeviceName()))
                        .filter(mapping -> mapping.ebs() != null)
                        .filter(mapping -> mapping.ebs().volumeSize() != null)
                        .mapToInt(mapping -> mapping.ebs().volumeSize())
                        .findFirst()
                        .orElse(0);
        var disk =
                EbsBlockDevice.builder()
                        .volumeSize(Math.max(needed, config.rootVolumeGib()))
                        .volumeType(VolumeType.GP3)
                        .deleteOnTermination(true)
                        .build();
        return BlockDeviceMapping.builder().deviceName(image.rootDeviceName()).ebs(disk).build();
    }
}
