package org.deepseekplugin.engine.llama.template;

/// A piece of a template.
///
/// @param text what it says: a string's value without quotes, an operator's sign
record Token(Kind kind, String text, int line) {
    enum Kind {
        TEXT,
        PRINT_BEGIN,
        PRINT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean is(Kind other, String its) {
        return kind == other && text.equals(its);
    }
}
