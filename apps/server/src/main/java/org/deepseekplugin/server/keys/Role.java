package org.deepseekplugin.server.keys;

import java.util.Locale;

/// What a key may do; each may do all that those before it may.
public enum Role {
    /// Ask models.
    INFERENCE,
    /// Look at everything of its project.
    VIEWER,
    /// Deploy, allocate, release.
    OPERATOR,
    /// Make and revoke keys.
    ADMIN;

    /// As people and the contract write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
