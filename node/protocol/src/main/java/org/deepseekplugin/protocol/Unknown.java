package org.deepseekplugin.protocol;

import java.util.Map;

/// Fields of a message that this version does not know, kept so that a newer peer gets them back.
public record Unknown(Map<String, Object> fields) {
    public static final Unknown NONE = new Unknown(Map.of());

    public Unknown {
        fields = Map.copyOf(fields);
    }
}
