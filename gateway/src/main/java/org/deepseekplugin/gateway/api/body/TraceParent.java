package org.deepseekplugin.gateway.api.body;

import org.jspecify.annotations.Nullable;

/// W3C's trace context, as far as it is passed on: `<version>-<trace>-<span>-<flags>` in hex.
public final class TraceParent {
    private static final int LENGTH = 55;

    /// @return null unless `header` has the form
    public static @Nullable String of(@Nullable String header) {
        return header != null && isOne(header) ? header : null;
    }

    private static boolean isOne(String header) {
        if (header.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i == 2 || i == 35 || i == 52;
            char c = header.charAt(i);
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    private TraceParent() {}
}
