package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.catalogue.Image;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Xml;

/// The public images of the region.
record DescribeImages() implements Ec2Action {

    @Override
    public Set<String> parameters() {
        return Set.of(
                "ImageId",
                "Owner",
                "ExecutableBy",
                "Filter",
                "IncludeDeprecated",
                "IncludeDisabled",
                "MaxResults",
                "NextToken");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var named = call.params().list("ImageId");
        named.forEach(Ids::checkImage);
        for (var id : named) {
            if (Image.byId(call.region(), id).isEmpty()) {
                throw new AwsError(
                        "InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
            }
        }
        var filter = Filters.of(call.params(), filters());
        var images =
                Image.of(call.region()).stream()
                        .filter(image -> named.isEmpty() || named.contains(image.id()))
                        .filter(filter)
                        .toList();
        out.items("imagesSet", images, DescribeImages::describe);
    }

    private static void describe(Xml out, Image image) {
        out.text("imageId", image.id())
                .text("imageState", "available")
                .text("name", image.name())
                .text("description", image.name())
                .text("architecture", image.architecture())
                .text("imageType", "machine")
                .text("isPublic", true)
                .text("imageOwnerAlias", "amazon")
                .text("rootDeviceType", "ebs")
                .text("rootDeviceName", Image.ROOT_DEVICE)
                .items("blockDeviceMapping", List.of(image), DescribeImages::rootVolume)
                .text("virtualizationType", "hvm")
                .text("hypervisor", "xen");
    }

    private static void rootVolume(Xml out, Image image) {
        out.text("deviceName", Image.ROOT_DEVICE)
                .in(
                        "ebs",
                        ebs ->
                                ebs.text("snapshotId", image.snapshot())
                                        .text("volumeSize", image.rootGib())
                                        .text("volumeType", "gp3")
                                        .text("deleteOnTermination", true));
    }

    private static Map<String, Function<Image, List<String>>> filters() {
        return Map.ofEntries(
                Map.entry("image-id", image -> List.of(image.id())),
                Map.entry("name", image -> List.of(image.name())),
                Map.entry("architecture", image -> List.of(image.architecture())),
                Map.entry("state", _ -> List.of("available")),
                Map.entry("is-public", _ -> List.of("true")),
                Map.entry("owner-alias", _ -> List.of("amazon")));
    }
}
