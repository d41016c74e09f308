package org.deepseekplugin.engine.llama.template;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

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
        try {
            return new ChatTemplate(
                    new StatementParser(new Lexer(source).tokens()).template(), clock);
        } catch (NumberFormatException e) {
            throw new TemplateException("The chat template has a number that is too large: " + e);
        } catch (StackOverflowError e) {
            throw new TemplateException("The chat template is nested too deeply.");
        }
    }

    /// @param variables text, numbers, booleans, lists and maps of such
    /// @throws TemplateException the template's own words when it calls `raise_exception`
    public String render(Map<String, Object> variables) {
        var scope = new Scope(Globals.of(clock));
        variables.forEach((name, value) -> scope.set(name, Values.of(value)));
        var renderer = new Renderer();
        try {
            renderer.render(nodes, scope);
        } catch (IndexOutOfBoundsException | NoSuchElementException | ClassCastException e) {
            // a filter or function that got other arguments than it takes
            throw new TemplateException("The chat template cannot be computed: " + e);
        } catch (StackOverflowError e) {
            throw new TemplateException("The chat template calls itself without an end.");
        }
        return renderer.text();
    }
}
