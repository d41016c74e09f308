package org.deepseekplugin.emulator.aws;

import java.util.List;
import java.util.Set;

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
        var filters = Filters.of(call.params());
        var images =
                Image.of(call.region()).stream()
                        .filter(image -> named.isEmpty() || named.contains(image.id()))
                        .filter(image -> filters.accept(name -> attribute(image, name)))
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
                .text("rootDeviceName", "/dev/sda1")
                .text("virtualizationType", "hvm")
                .text("hypervisor", "xen");
    }

    private static List<String> attribute(Image image, String filter) {
        return switch (filter) {
            case "image-id" -> List.of(image.id());
            case "name" -> List.of(image.name());
            case "architecture" -> List.of(image.architecture());
            case "state" -> List.of("available");
            case "is-public" -> List.of("true");
            case "owner-alias" -> List.of("amazon");
            default -> throw Filters.unknown(filter);
        };
    }
}
