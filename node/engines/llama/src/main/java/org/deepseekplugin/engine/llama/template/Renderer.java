package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Renders statements into text.
final class Renderer {
    /// Far beyond any context; a template's loop must not fill the heap.
    static final int LONGEST_TEXT = 16 << 20;

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private final StringBuilder out = new StringBuilder();

    String text() {
        return out.toString();
    }

    void render(List<Node> nodes, Scope scope) {
        run(nodes, scope);
    }

    private Flow run(List<Node> nodes, Scope scope) {
        for (var node : nodes) {
            var flow = run(node, scope);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Node node, Scope scope) {
        switch (node) {
            case Node.Text(var text) -> append(text);
            case Node.Print(var value) -> append(Values.text(Evaluator.value(value, scope)));
            case Node.If statement -> {
                return ifStatement(statement, scope);
            }
            case Node.For loop -> loop(loop, scope);
            case Node.Set set -> assign(set, scope);
            case Node.SetBlock(var target, var body) ->
                    assign(target, capture(body, scope.inner()), scope);
            case Node.Macro macro -> scope.set(macro.name(), macro(macro, scope));
            case Node.Jump jump -> {
                return jump == Node.Jump.BREAK ? Flow.BREAK : Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void append(String text) {
        if (out.length() + text.length() > LONGEST_TEXT) {
            throw new TemplateException("The chat template makes a text of more than 16 MiB.");
        }
        out.append(text);
    }

    private Flow ifStatement(Node.If statement, Scope scope) {
        for (var branch : statement.branches()) {
            if (Values.isTrue(Evaluator.value(branch.condition(), scope))) {
                return run(branch.body(), scope);
            }
        }
        return run(statement.otherwise(), scope);
    }

    private void loop(Node.For loop, Scope scope) {
        var items = chosen(loop, scope);
        if (items.isEmpty()) {
            run(loop.otherwise(), scope);
        }
        for (int i = 0; i < items.size(); i++) {
            var inner = scope.inner();
            unpack(loop.names(), items.get(i), inner);
            inner.set("loop", LoopState.at(items, i));
            if (run(loop.body(), inner) == Flow.BREAK) {
                return;
            }
        }
    }

    private static List<Object> chosen(Node.For loop, Scope scope) {
        var items = Values.items(Evaluator.value(loop.items(), scope));
        if (loop.condition().isEmpty()) {
            return items;
        }
        var chosen = new ArrayList<Object>();
        for (var item : items) {
            var inner = scope.inner();
            unpack(loop.names(), item, inner);
            if (Values.isTrue(Evaluator.value(loop.condition().get(), inner))) {
                chosen.add(item);
            }
        }
        return chosen;
    }

    private static void unpack(List<String> names, Object item, Scope scope) {
        if (names.size() == 1) {
            scope.set(names.getFirst(), item);
            return;
        }
        var parts = Values.items(item);
        if (parts.size() != names.size()) {
            throw new TemplateException(
                    "The chat template takes %d values apart into %s."
                            .formatted(parts.size(), names));
        }
        for (int i = 0; i < names.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
    }

    private static void assign(Node.Set set, Scope scope) {
        var value = Evaluator.value(set.value(), scope);
        if (set.targets().size() == 1) {
            assign(set.targets().getFirst(), value, scope);
            return;
        }
        var parts = Values.items(value);
        for (int i = 0; i < set.targets().size(); i++) {
            assign(set.targets().get(i), parts.get(i), scope);
        }
    }

    private static void assign(Node.Target target, Object value, Scope scope) {
        if (target.attribute().isEmpty()) {
            scope.set(target.name(), value);
        } else if (scope.get(target.name()) instanceof Namespace namespace) {
            namespace.set(target.attribute().get(), value);
        } else {
            throw new TemplateException(
                    "The chat template sets an attribute of "
                            + target.name()
                            + ", which is no namespace.");
        }
    }

    private static String capture(List<Node> body, Scope scope) {
        var renderer = new Renderer();
        renderer.render(body, scope);
        return renderer.text();
    }

    private static Function macro(Node.Macro macro, Scope definedIn) {
        return (positional, named) -> {
            var scope = definedIn.inner();
            for (int i = 0; i < macro.parameters().size(); i++) {
                var name = macro.parameters().get(i);
                scope.set(name, argument(macro, name, i, positional, named, scope));
            }
            return capture(macro.body(), scope);
        };
    }

    private static Object argument(
            Node.Macro macro,
            String name,
            int position,
            List<Object> positional,
            Map<String, Object> named,
            Scope scope) {
        if (position < positional.size()) {
            return positional.get(position);
        }
        var value = named.get(name);
        if (value != null) {
            return value;
        }
        var fallback = macro.defaults().get(name);
        return fallback == null ? Nothing.UNDEFINED : Evaluator.value(fallback, scope);
    }
}
