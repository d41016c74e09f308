package org.deepseekplugin.platform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.config.ConfigNode.Entry;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;
import org.deepseekplugin.platform.config.ConfigNode.Scalar;
import org.deepseekplugin.platform.config.ConfigNode.Sequence;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads one YAML text into a [ConfigNode] that remembers its lines.
final class YamlFile {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final String name;
    private final List<ConfigProblem> problems;

    private YamlFile(String name, List<ConfigProblem> problems) {
        this.name = name;
        this.problems = problems;
    }

    /// An empty mapping if the text is no YAML; the problem is added to the list.
    static Mapping parse(String name, String text, List<ConfigProblem> problems) {
        var file = new YamlFile(name, problems);
        var start = new Position(name, 1);
        try (var parser = YAML.createParser(text)) {
            var token = parser.nextToken();
            var root = token == null ? null : file.node(parser, token);
            if (root instanceof Mapping mapping) {
                return mapping;
            }
            if (root != null) {
                problems.add(
                        new ConfigProblem(
                                start, "", "the file must hold keys, not " + root.kind()));
            }
        } catch (JacksonException e) {
            problems.add(file.broken(e));
        }
        return new Mapping(Map.of(), start);
    }

    private @Nullable ConfigNode node(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> mapping(parser);
            case START_ARRAY -> sequence(parser);
            case VALUE_NULL -> null;
            default -> new Scalar(parser.getString(), at(parser));
        };
    }

    private Mapping mapping(JsonParser parser) {
        var start = at(parser);
        var entries = new LinkedHashMap<String, Entry>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = parser.currentName();
            var keyAt = at(parser);
            var value = node(parser, parser.nextToken());
            if (value != null && entries.put(key, new Entry(keyAt, value)) != null) {
                problems.add(new ConfigProblem(keyAt, key, "stands here twice; keep one"));
            }
        }
        return new Mapping(entries, start);
    }

    private Sequence sequence(JsonParser parser) {
        var start = at(parser);
        var items = new ArrayList<ConfigNode>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            var item = node(parser, token);
            if (item != null) {
                items.add(item);
            }
        }
        return new Sequence(items, start);
    }

    private Position at(JsonParser parser) {
        return new Position(name, parser.currentTokenLocation().getLineNr());
    }

    private ConfigProblem broken(JacksonException e) {
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        var reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return new ConfigProblem(
                new Position(name, line),
                "",
                "is not valid YAML (" + reason + "); check indentation, quotes and brackets");
    }
}
