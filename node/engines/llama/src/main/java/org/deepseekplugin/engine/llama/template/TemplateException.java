package org.deepseekplugin.engine.llama.template;

/// A template that cannot be read, or a conversation that it refuses. The message is for people.
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
