package org.deepseekplugin.cloud.aws;

import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.spi.ConfigKey;
import org.deepseekplugin.cloud.spi.Suggestion;

/// `clouds.aws` in the configuration.
///
/// @param endpoint another server for all calls; empty means AWS itself
/// @param staticKeys empty: the SDK's default chain, which reads environment and profile
/// @param images image by region; a region without one takes the image that `imageParameter` names
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
                    ConfigKey.defaulting("deadline", "30s", "For one call."),
                    ConfigKey.defaulting(
                            "listing-page-size", "1000", "Machines per page, 5 to 1000."));

    /// @throws IllegalArgumentException naming every value that is wrong
    static AwsConfig of(Map<String, String> values, Collection<String> knownRegions) {
        return new Reader(values).read(knownRegions);
    }

    /// Collects all problems before it gives up.
    private static final class Reader {
        private final Map<String, String> values =
                new TreeMap<>(
                        KEYS.stream()
                                .filter(key -> key.defaultValue().isPresent())
                                .collect(toMap(ConfigKey::name, key -> key.defaultValue().get())));
        private final List<String> problems = new ArrayList<>();

        Reader(Map<String, String> given) {
            values.putAll(given);
        }

        AwsConfig read(Collection<String> knownRegions) {
            var regions = regions(knownRegions);
            var config =
                    new AwsConfig(
                            text("endpoint").map(URI::create),
                            regions,
                            staticKeys(),
                            images(regions),
                            values.getOrDefault("image-parameter", ""),
                            list("subnet-ids"),
                            list("security-group-ids"),
                            text("key-name"),
                            text("instance-profile"),
                            deadline(),
                            pageSize());
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            return config;
        }

        private List<String> regions(Collection<String> known) {
            var regions = list("regions");
            if (regions.isEmpty()) {
                problem("regions", "missing; name at least one region, such as us-west-2");
            }
            regions.stream()
                    .filter(region -> !known.contains(region))
                    .forEach(r -> problem("regions", Suggestion.notA("a region", r, known)));
            return regions;
        }

        private Optional<StaticKeys> staticKeys() {
            var source = values.getOrDefault("credentials.source", "");
            if (source.equals("default")) {
                return Optional.empty();
            }
            if (!source.equals("static")) {
                problem("credentials.source", "\"" + source + "\" must be static or default");
            }
            return Optional.of(
                    new StaticKeys(
                            key("credentials.access-key-id"),
                            key("credentials.secret-access-key"),
                            text("credentials.session-token")));
        }

        private String key(String name) {
            return text(name)
                    .orElseGet(() -> {
                        problem(
                                name,
                                "missing; set it, or credentials.source: default for the environment's");
                        return "";
                    });
        }

        private Map<String, String> images(List<String> regions) {
            var images = new TreeMap<String, String>();
            for (var image : list("image-id")) {
                int equals = image.indexOf('=');
                if (equals > 0) {
                    images.put(
                            image.substring(0, equals).strip(),
                            image.substring(equals + 1).strip());
                } else if (regions.size() == 1) {
                    images.put(regions.getFirst(), image);
                } else {
                    problem(
                            "image-id",
                            "\"" + image + "\" holds in one region only; write region=" + image);
                }
            }
            return images;
        }

        private Duration deadline() {
            var text = values.getOrDefault("deadline", "");
            try {
                return Duration.parse("PT" + text);
            } catch (DateTimeException e) {
                problem("deadline", "\"" + text + "\" is not a time such as 30s or 2m");
                return Duration.ZERO;
            }
        }

        private int pageSize() {
            var text = values.getOrDefault("listing-page-size", "");
            if (!text.matches("\\d{1,4}")
                    || Integer.parseInt(text) < 5
                    || Integer.parseInt(text) > 1000) {
                problem("listing-page-size", "\"" + text + "\" is not a number from 5 to 1000");
                return 5;
            }
            return Integer.parseInt(text);
        }

        private List<String> list(String key) {
            return text(key).stream()
                    .flatMap(text -> Stream.of(text.split(",")))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }

        private Optional<String> text(String key) {
            return Optional.ofNullable(values.get(key)).filter(text -> !text.isBlank());
        }

        private void problem(String key, String what) {
            problems.add("clouds.aws." + key + ": " + what);
        }
    }
}
