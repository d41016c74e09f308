package org.deepseekplugin.cloud.aws;

import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.net.URISyntaxException;
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

/// Reads `clouds.aws`; collects all problems before it gives up.
final class AwsConfigReader {
    private final Map<String, String> values =
            new TreeMap<>(
                    AwsConfig.KEYS.stream()
                            .filter(key -> key.defaultValue().isPresent())
                            .collect(toMap(ConfigKey::name, key -> key.defaultValue().get())));
    private final List<String> problems = new ArrayList<>();

    AwsConfigReader(Map<String, String> given) {
        values.putAll(given);
    }

    AwsConfig read(Collection<String> knownRegions) {
        var regions = regions(knownRegions);
        var config =
                new AwsConfig(
                        text("endpoint").flatMap(this::endpoint),
                        regions,
                        staticKeys(),
                        images(regions),
                        values.getOrDefault("image-parameter", ""),
                        list("subnet-ids"),
                        list("security-group-ids"),
                        text("key-name"),
                        text("instance-profile"),
                        publicAddress(),
                        rootVolumeGib(),
                        deadline(),
                        pageSize());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return config;
    }

    private Optional<URI> endpoint(String text) {
        try {
            var uri = new URI(text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // the same sentence serves
        }
        problem("endpoint", "\"" + text + "\" is not a URL such as http://127.0.0.1:4566");
        return Optional.empty();
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

    private Optional<AwsConfig.StaticKeys> staticKeys() {
        var source = values.getOrDefault("credentials.source", "");
        if (source.equals("default")) {
            return Optional.empty();
        }
        if (!source.equals("static")) {
            problem("credentials.source", "\"" + source + "\" must be static or default");
        }
        return Optional.of(
                new AwsConfig.StaticKeys(
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
                images.put(image.substring(0, equals).strip(), image.substring(equals + 1).strip());
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

    private Optional<Boolean> publicAddress() {
        var text = values.getOrDefault("public-address", "");
        return switch (text) {
            case "subnet" -> Optional.empty();
            case "yes", "true" -> Optional.of(true);
            case "no", "false" -> Optional.of(false);
            default -> {
                problem("public-address", "\"" + text + "\" must be subnet, yes or no");
                yield Optional.empty();
            }
        };
    }

    /// https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html: at most 16 TiB.
    private int rootVolumeGib() {
        var text = values.getOrDefault("root-volume", "");
        if (text.matches("[1-9]\\d{0,4}GiB")) {
            int gib = Integer.parseInt(text.substring(0, text.length() - 3));
            if (gib <= 16_384) {
                return gib;
            }
        }
        problem("root-volume", "\"" + text + "\" is not a size from 1GiB to 16384GiB");
        return 1;
    }

    private Duration deadline() {
        var text = values.getOrDefault("deadline", "");
        try {
            var deadline = Duration.parse("PT" + text);
            if (deadline.isPositive()) {
                return deadline;
            }
        } catch (DateTimeException e) {
            // the same sentence serves
        }
        problem("deadline", "\"" + text + "\" is not a time such as 30s or 2m");
        return Duration.ZERO;
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
