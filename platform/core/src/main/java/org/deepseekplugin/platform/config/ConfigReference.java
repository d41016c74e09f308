package org.deepseekplugin.platform.config;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes the documentation of a configuration record: one line a key, from [Doc] and [Default].
public final class ConfigReference {

    /// A Markdown table.
    public static String markdown(Class<?> type) {
        var table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        rows(type, "", table);
        return table.toString();
    }

    private static void rows(Class<?> type, String path, StringBuilder table) {
        for (var component : type.getRecordComponents()) {
            var key = Keys.under(path, Keys.of(component));
            var raw = RecordBinder.raw(component.getGenericType());
            if (raw.isRecord() && !Scalars.isScalar(raw) && raw != ConfigNode.Mapping.class) {
                rows(raw, key, table);
            } else {
                table.append(
                        "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        key,
                                        form(component.getGenericType()),
                                        fallback(component),
                                        meaning(component)));
            }
        }
    }

    private static String form(Type type) {
        var raw = RecordBinder.raw(type);
        if (raw == Optional.class) {
            return form(RecordBinder.argument(type, 0));
        }
        if (raw == List.class) {
            return "list of " + form(RecordBinder.argument(type, 0));
        }
        if (raw == Map.class) {
            return "name: " + form(RecordBinder.argument(type, 1));
        }
        return Scalars.isScalar(raw) ? Scalars.describe(raw) : "keys";
    }

    private static String fallback(RecordComponent component) {
        var fallback = component.getAnnotation(Default.class);
        if (fallback != null) {
            return "`" + fallback.value() + "`";
        }
        var raw = component.getType();
        boolean mayBeAbsent =
                List.of(Optional.class, List.class, Map.class, ConfigNode.Mapping.class)
                        .contains(raw);
        return mayBeAbsent ? "none" : "required";
    }

    private static String meaning(RecordComponent component) {
        var doc = component.getAnnotation(Doc.class);
        if (doc == null) {
            throw new IllegalStateException(component + " has no @Doc; every key is documented");
        }
        return doc.value();
    }

    private ConfigReference() {}
}
