package org.deepseekplugin.platform.security;

/// A value that must not be seen. It prints as `***`; whoever needs the text says [#reveal].
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
