package org.deepseekplugin.engine.llama.template;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deepseekplugin.platform.json.Json;

/// JSON as Python's `json.dumps(…, ensure_ascii=False)` writes it: models were trained on its
/// spaces.
final class PythonJson {
    static final int ONE_LINE = -1;

    static String write(Object value, int indent) {
        return write(value, indent, 0);
    }

    private static String write(Object value, int indent, int depth) {
        return switch (value) {
            case Nothing _ -> "null";
            case List<?> list ->
                    enclosed(
                            list.stream().map(each -> write(each, indent, depth + 1)).toList(),
                            "[",
                            "]",
                            indent,
                            depth);
            case Map<?, ?> map ->
                    enclosed(
                            map.entrySet().stream()
                                    .map(each ->
                                            Json.write(Values.text(each.getKey()))
                                                    + ": "
                                                    + write(each.getValue(), indent, depth + 1))
                                    .toList(),
                            "{",
                            "}",
                            indent,
                            depth);
            default -> Json.write(value);
        };
    }

    private static String enclosed(
            List<String> items, String open, String close, int indent, int depth) {
        if (items.isEmpty() || indent == ONE_LINE) {
            return items.stream().collect(Collectors.joining(", ", open, close));
        }
        var inner = "\n" + " ".repeat(indent * (depth + 1));
        var outer = "\n" + " ".repeat(indent * depth);
        return items.stream().collect(Collectors.joining("," + inner, open + inner, outer + close));
    }

    private PythonJson() {}
}
