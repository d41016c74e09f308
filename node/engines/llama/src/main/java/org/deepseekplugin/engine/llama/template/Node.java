package org.deepseekplugin.engine.llama.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement of a template.
sealed interface Node {
    record Text(String text) implements Node {}

    record Print(Expression value) implements Node {}

    /// The first branch whose condition holds is rendered.
    record If(List<Branch> branches, List<Node> otherwise) implements Node {}

    record Branch(Expression condition, List<Node> body) {}

    /// @param names more than one unpack each item
    record For(
            List<String> names,
            Expression items,
            Optional<Expression> condition,
            List<Node> body,
            List<Node> otherwise)
            implements Node {}

    record Set(List<Target> targets, Expression value) implements Node {}

    /// Assigns what its body renders.
    record SetBlock(Target target, List<Node> body) implements Node {}

    /// @param attribute set for `{% set ns.name = … %}`
    record Target(String name, Optional<String> attribute) {}

    record Macro(
            String name, List<String> parameters, Map<String, Expression> defaults, List<Node> body)
            implements Node {}

    enum Jump implements Node {
        BREAK,
        CONTINUE
    }
}
