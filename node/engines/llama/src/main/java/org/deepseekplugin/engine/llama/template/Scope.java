package org.deepseekplugin.engine.llama.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names in sight. A loop's body and a macro have a scope of their own, so what they set ends with
/// them; `if` has none.
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Object> names;

    Scope(Map<String, Object> globals) {
        this.outer = null;
        this.names = new HashMap<>(globals);
    }

    private Scope(Scope outer) {
        this.outer = outer;
        this.names = new HashMap<>();
    }

    Scope inner() {
        return new Scope(this);
    }

    void set(String name, Object value) {
        names.put(name, value);
    }

    Object get(String name) {
        var value = names.get(name);
        if (value != null) {
            return value;
        }
        return outer == null ? Nothing.UNDEFINED : outer.get(name);
    }
}
