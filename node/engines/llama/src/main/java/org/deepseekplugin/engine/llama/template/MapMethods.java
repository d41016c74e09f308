package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Methods of Python's dict.
final class MapMethods {

    /// @return the method, or `UNDEFINED`
    static Object of(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> (Function) (arguments, named) -> pairs(map);
            case "keys" -> (Function) (arguments, named) -> new ArrayList<>(map.keySet());
            case "values" -> (Function) (arguments, named) -> new ArrayList<>(map.values());
            case "get" ->
                    (Function)
                            (arguments, named) -> {
                                var value = map.get(arguments.getFirst());
                                return value != null
                                        ? value
                                        : arguments.size() > 1 ? arguments.get(1) : Nothing.NONE;
                            };
            default -> Nothing.UNDEFINED;
        };
    }

    static List<Object> pairs(Map<?, ?> map) {
        var pairs = new ArrayList<Object>();
        map.forEach((key, value) -> pairs.add(List.of(key, value)));
        return pairs;
    }

    private MapMethods() {}
}
