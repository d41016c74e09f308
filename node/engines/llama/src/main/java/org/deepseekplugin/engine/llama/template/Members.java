package org.deepseekplugin.engine.llama.template;

import java.util.List;
import java.util.Map;

/// `object.name` and `object[key]`.
final class Members {

    /// A method comes before a key of its name, as in Jinja.
    static Object attribute(Object object, String name) {
        return switch (object) {
            case Namespace namespace -> namespace.get(name);
            case String text -> TextMethods.of(text, name);
            case Map<?, ?> map -> {
                var method = MapMethods.of(map, name);
                yield method == Nothing.UNDEFINED ? get(map, name) : method;
            }
            default -> Nothing.UNDEFINED;
        };
    }

    static Object item(Object object, Object key) {
        return switch (object) {
            case Map<?, ?> map -> get(map, key);
            case List<?> list when key instanceof Number -> element(list, Values.integer(key));
            case String text when key instanceof Number ->
                    element(Values.items(text), Values.integer(key));
            default -> key instanceof String name ? attribute(object, name) : Nothing.UNDEFINED;
        };
    }

    private static Object get(Map<?, ?> map, Object key) {
        var value = map.get(key);
        return value == null ? (map.containsKey(key) ? Nothing.NONE : Nothing.UNDEFINED) : value;
    }

    private static Object element(List<?> list, int index) {
        int at = index < 0 ? index + list.size() : index;
        return at >= 0 && at < list.size() ? list.get(at) : Nothing.UNDEFINED;
    }

    private Members() {}
}
