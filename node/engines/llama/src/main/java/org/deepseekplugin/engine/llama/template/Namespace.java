package org.deepseekplugin.engine.llama.template;

import java.util.HashMap;
import java.util.Map;

/// `namespace()`: variables that survive the loop in which they are set.
final class Namespace {
    private final Map<String, Object> values;

    Namespace(Map<String, Object> values) {
        this.values = new HashMap<>(values);
    }

    Object get(String name) {
        return values.getOrDefault(name, Nothing.UNDEFINED);
    }

    void set(String name, Object value) {
        values.put(name, value);
    }
}
