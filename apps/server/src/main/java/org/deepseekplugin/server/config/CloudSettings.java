package org.deepseekplugin.server.config;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.platform.config.ConfigNode;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;
import org.deepseekplugin.platform.config.ConfigNode.Scalar;
import org.deepseekplugin.platform.config.ConfigNode.Sequence;

/// One entry of `clouds`, flattened: a dot separates levels, a comma the items of a list.
///
/// @param values what the driver's factory gets; may hold secrets
public record CloudSettings(boolean enabled, Map<String, String> values) {
    static final String ENABLED = "enabled";

    /// Of a mapping that [DriverKeys] found nothing wrong with.
    public static CloudSettings of(Mapping cloud) {
        var values = new LinkedHashMap<String, String>();
        flatten("", cloud, values);
        boolean enabled = Boolean.parseBoolean(values.remove(ENABLED));
        return new CloudSettings(enabled, values);
    }

    private static void flatten(String prefix, Mapping mapping, Map<String, String> values) {
        mapping.entries()
                .forEach((key, entry) -> {
                    var name = prefix + key.replace('_', '-');
                    if (entry.value() instanceof Mapping inner) {
                        flatten(name + ".", inner, values);
                    } else {
                        values.put(name, text(entry.value()));
                    }
                });
    }

    private static String text(ConfigNode node) {
        return switch (node) {
            case Scalar scalar -> scalar.text();
            case Sequence sequence ->
                    sequence.items().stream().map(CloudSettings::text).collect(joining(","));
            case Mapping mapping -> mapping.kind();
        };
    }

    /// Values can be secret.
    @Override
    public String toString() {
        return "CloudSettings[enabled=" + enabled + ", keys=" + values.keySet() + "]";
    }
}
