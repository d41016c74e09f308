package org.deepseekplugin.cloud.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.ConfigKey;

/// `clouds.aws` in the configuration.
///
/// @param endpoint another server for all calls; empty means AWS itself
/// @param staticKeys empty: the SDK's default chain, which reads environment and profile
/// @param images image by region; a region without one takes the image that `imageParameter` names
/// @param publicAddress empty: as the subnet says
/// @param deadline for one call, from connecting to the last byte
/// @param pageSize machines per page of a listing, 5 to 1,000
record AwsConfig(
        Optional<URI> endpoint,
        List<String> regions,
        Optional<StaticKeys> staticKeys,
        Map<String, String> images,
        String imageParameter,
        List<String> subnets,
        List<String> securityGroups,
        Optional<String> keyName,
        Optional<String> instanceProfile,
        Optional<Boolean> publicAddress,
        int rootVolumeGib,
        Duration deadline,
        int pageSize) {

    record StaticKeys(String id, String secret, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "StaticKeys[" + id + ", ***]";
        }
    }

    /// Deep-learning images are published under this name:
    /// https://docs.aws.amazon.com/dlami/latest/devguide/find-dlami-id.html
    private static final String IMAGE_PARAMETER =
            "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id";

    static final List<ConfigKey> KEYS =
            List.of(
                    ConfigKey.required("regions", "Regions to rent and to list in, by comma."),
                    ConfigKey.optional("endpoint", "Another server that speaks AWS's protocol."),
                    ConfigKey.defaulting(
                            "credentials.source",
                            "static",
                            "`static`: the two keys below; `default`: what the AWS SDK finds in the environment and the profile."),
                    ConfigKey.optional("credentials.access-key-id", "For `static`."),
                    ConfigKey.secret("credentials.secret-access-key", "For `static`."),
                    ConfigKey.secret("credentials.session-token", "For temporary keys."),
                    ConfigKey.optional(
                            "image-id",
                            "The machine image; with several regions `region=image`, by comma."),
                    ConfigKey.defaulting(
                            "image-parameter",
                            IMAGE_PARAMETER,
                            "Where there is no image-id: the SSM parameter that names it."),
                    ConfigKey.optional(
                            "subnet-ids", "By comma; a machine goes to its zone's first one."),
                    ConfigKey.optional("security-group-ids", "By comma."),
                    ConfigKey.optional("key-name", "An EC2 key pair, to sign in by SSH."),
                    ConfigKey.optional("instance-profile", "Name of an IAM instance profile."),
                    ConfigKey.defaulting(
                            "root-volume",
                            "200GiB",
                            "Size of a machine's disk; it must hold the weights. Never less than the image needs."),
                    ConfigKey.defaulting(
                            "public-address",
                            "subnet",
                            "`subnet`: as the subnet says; `yes` or `no`: whatever it says."),
                    ConfigKey.defaulting("deadline", "30s", "For one call."),
                    ConfigKey.defaulting(
                            "listing-page-size", "1000", "Machines per page, 5 to 1000."));

    /// @throws IllegalArgumentException naming every value that is wrong
    static AwsConfig of(Map<String, String> values, Collection<String> knownRegions) {
        return new AwsConfigReader(values).read(knownRegions);
    }
}
