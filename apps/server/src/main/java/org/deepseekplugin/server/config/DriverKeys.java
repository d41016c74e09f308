package org.deepseekplugin.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.spi.ConfigKey;
import org.deepseekplugin.cloud.spi.DriverFactory;
import org.deepseekplugin.platform.config.ConfigCheck;
import org.deepseekplugin.platform.config.ConfigNode;
import org.deepseekplugin.platform.config.ConfigNode.Entry;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;
import org.deepseekplugin.platform.config.ConfigNode.Scalar;
import org.deepseekplugin.platform.config.ConfigProblem;
import org.deepseekplugin.platform.config.Position;
import org.deepseekplugin.platform.errors.Nearest;

/// Checks `clouds.<name>.*` against the keys that the drivers declare.
public final class DriverKeys implements ConfigCheck {
    private final Map<String, DriverFactory> factories = new TreeMap<>();

    public DriverKeys(List<DriverFactory> factories) {
        factories.forEach(factory -> this.factories.put(factory.cloud(), factory));
    }

    @Override
    public List<ConfigProblem> problems(Mapping root) {
        var problems = new ArrayList<ConfigProblem>();
        var clouds = root.entries().get("clouds");
        if (clouds != null && clouds.value() instanceof Mapping mapping) {
            mapping.entries().forEach((cloud, entry) -> checkCloud(cloud, entry, problems));
        }
        return problems;
    }

    private void checkCloud(String cloud, Entry entry, List<ConfigProblem> problems) {
        var path = "clouds." + cloud;
        var factory = factories.get(cloud);
        if (factory == null) {
            problems.add(
                    new ConfigProblem(
                            entry.at(),
                            path,
                            "no driver of this name; there are %s.%s"
                                    .formatted(
                                            String.join(", ", factories.keySet()),
                                            Nearest.hint(cloud, factories.keySet()))));
        } else if (entry.value() instanceof Mapping mapping) {
            var keys = new CloudKeys(factory.configKeys(), path, problems);
            keys.check("", mapping);
            keys.checkRequired(CloudSettings.of(mapping), entry.at());
        } else {
            problems.add(
                    new ConfigProblem(
                            entry.at(),
                            path,
                            "must be a group of keys, not " + entry.value().kind()));
        }
    }

    /// The keys of one cloud.
    private record CloudKeys(List<ConfigKey> keys, String path, List<ConfigProblem> problems) {

        void check(String prefix, Mapping mapping) {
            mapping.entries()
                    .forEach((written, entry) -> {
                        var name = prefix + written.replace('_', '-');
                        if (entry.value() instanceof Mapping inner && isGroup(name)) {
                            check(name + ".", inner);
                        } else if (!names().contains(name)) {
                            problems.add(problem(entry.at(), name, unknown(name)));
                        } else if (entry.value() instanceof Mapping) {
                            problems.add(problem(entry.at(), name, "must be one value, not keys"));
                        } else if (name.equals(CloudSettings.ENABLED) && !isTruth(entry.value())) {
                            problems.add(problem(entry.at(), name, "must be true or false"));
                        }
                    });
        }

        /// A cloud that is not used may be incomplete.
        void checkRequired(CloudSettings settings, Position at) {
            if (settings.enabled()) {
                keys.stream()
                        .filter(ConfigKey::required)
                        .filter(key -> !settings.values().containsKey(key.name()))
                        .forEach(key ->
                                problems.add(problem(at, key.name(), "is required: " + key.doc())));
            }
        }

        private boolean isGroup(String name) {
            return keys.stream().anyMatch(key -> key.name().startsWith(name + "."));
        }

        private List<String> names() {
            return Stream.concat(
                            Stream.of(CloudSettings.ENABLED), keys.stream().map(ConfigKey::name))
                    .toList();
        }

        private String unknown(String name) {
            return "is not a key here; known are "
                    + String.join(", ", names())
                    + "."
                    + Nearest.hint(name, names());
        }

        private ConfigProblem problem(Position at, String name, String message) {
            return new ConfigProblem(at, path + "." + name, message);
        }

        private static boolean isTruth(ConfigNode node) {
            return node instanceof Scalar scalar && scalar.text().matches("true|false");
        }
    }
}
