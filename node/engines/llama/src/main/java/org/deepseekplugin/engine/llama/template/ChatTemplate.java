package org.deepseekplugin.engine.llama.template;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/// A parsed chat template. Immutable; may be rendered by many threads.
///
/// The language is Jinja as `transformers` sets it up for `apply_chat_template` (`trim_blocks`,
/// `lstrip_blocks`, break and continue, Python's JSON in `tojson`), less includes, inheritance and
/// recursive loops, which chat templates do not use. Tuples are lists, and print so.
public final class ChatTemplate {
    private final List<Node> nodes;
    private final Clock clock;

    private ChatTemplate(List<Node> nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    /// @param clock for templates that write today's date into the system prompt
    /// @throws TemplateException naming the line
    public static ChatTemplate parse(String source, Clock clock) {
        return new ChatTemplate(new StatementParser(new Lexer(source).tokens()).template(), clock);
    }

    /// @param variables text, numbers, booleans, lists and maps of such
    /// @throws TemplateException the template's own words when it calls `raise_exception`
    public String render(Map<String, Object> variables) {
        var scope = new Scope(Globals.of(clock));
        variables.forEach((name, value) -> scope.set(name, Values.of(value)));
        var renderer = new Renderer();
        renderer.render(nodes, scope);
        return renderer.text();
    }
}
