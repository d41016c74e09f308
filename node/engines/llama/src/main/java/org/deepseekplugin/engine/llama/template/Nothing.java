package org.deepseekplugin.engine.llama.template;

/// Two ways to have no value.
enum Nothing {
    /// Python's None: a value that says there is none.
    NONE,
    /// A name or key that does not exist: prints as nothing, fails when looked into.
    UNDEFINED
}
