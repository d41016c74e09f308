package org.deepseekplugin.gateway.ledger;

/// Counts of tokens.
///
/// @param cached of the prompt, found in the engine's cache
public record Tokens(long prompt, long cached, long completion) {
    public static final Tokens NONE = new Tokens(0, 0, 0);

    public Tokens {
        if (prompt < 0 || cached < 0 || completion < 0) {
            throw new IllegalArgumentException(
                    "token counts must not be negative: "
                            + prompt
                            + ", "
                            + cached
                            + ", "
                            + completion);
        }
    }

    public Tokens plus(Tokens other) {
        return new Tokens(
                prompt + other.prompt, cached + other.cached, completion + other.completion);
    }

    public Tokens minus(Tokens other) {
        return new Tokens(
                prompt - other.prompt, cached - other.cached, completion - other.completion);
    }
}
