package org.deepseekplugin.platform.config;

import java.util.LinkedHashMap;
import org.deepseekplugin.platform.config.ConfigNode.Entry;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;

/// Lays one file over another: groups merge key by key, everything else is replaced.
final class Layers {

    static Mapping over(Mapping lower, Mapping upper) {
        var merged = new LinkedHashMap<>(lower.entries());
        upper.entries()
                .forEach((key, entry) -> {
                    var before = merged.remove(key);
                    merged.put(key, before == null ? entry : over(before, entry));
                });
        return new Mapping(merged, upper.entries().isEmpty() ? lower.at() : upper.at());
    }

    private static Entry over(Entry lower, Entry upper) {
        return lower.value() instanceof Mapping below && upper.value() instanceof Mapping above
                ? new Entry(upper.at(), over(below, above))
                : upper;
    }

    private Layers() {}
}
