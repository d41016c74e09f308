package org.deepseekplugin.platform.config;

import java.util.List;
import java.util.Map;

/// A configuration file as it was written, with the place of everything. Keys without a value are
/// left out.
public sealed interface ConfigNode {
    Position at();

    /// Text, number or boolean, as written, without quotes.
    record Scalar(String text, Position at) implements ConfigNode {}

    record Sequence(List<ConfigNode> items, Position at) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// @param entries in the order of the file
    record Mapping(Map<String, Entry> entries, Position at) implements ConfigNode {}

    /// @param at of the key
    record Entry(Position at, ConfigNode value) {}

    /// What it is, for messages.
    default String kind() {
        return switch (this) {
            case Scalar scalar -> "\"" + scalar.text() + "\"";
            case Sequence sequence -> "a list";
            case Mapping mapping -> "a group of keys";
        };
    }
}
