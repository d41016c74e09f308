package org.deepseekplugin.gateway.ledger;

/// What was used.
///
/// @param requests begun; a retried one counts once
/// @param tokens all of them
/// @param estimated of these, known from counting alone
public record Totals(long requests, Tokens tokens, Tokens estimated) {
    static final Totals NONE = new Totals(0, Tokens.NONE, Tokens.NONE);

    public Totals plus(Totals other) {
        return new Totals(
                requests + other.requests,
                tokens.plus(other.tokens),
                estimated.plus(other.estimated));
    }

    Totals minus(Totals other) {
        return new Totals(
                requests - other.requests,
                tokens.minus(other.tokens),
                estimated.minus(other.estimated));
    }

    static Totals request() {
        return new Totals(1, Tokens.NONE, Tokens.NONE);
    }

    static Totals exact(Tokens tokens) {
        return new Totals(0, tokens, Tokens.NONE);
    }

    static Totals estimate(Tokens tokens) {
        return new Totals(0, tokens, tokens);
    }
}
