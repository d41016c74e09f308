package org.deepseekplugin.engine.llama.template;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// Functions that every template can call.
final class Globals {
    private static final int LONGEST_RANGE = 100_000;

    static Map<String, Object> of(Clock clock) {
        var globals = new HashMap<String, Object>();
        globals.put("raise_exception", (Function) (a, named) -> refuse(a));
        globals.put("namespace", (Function) (a, named) -> namespace(a, named));
        globals.put("dict", (Function) (a, named) -> named);
        globals.put("range", (Function) (a, named) -> range(a));
        globals.put(
                "strftime_now",
                (Function)
                        (a, named) ->
                                Strftime.format(
                                        Values.text(a.getFirst()), ZonedDateTime.now(clock)));
        return globals;
    }

    private static Object refuse(List<Object> arguments) {
        throw new TemplateException(
                arguments.isEmpty()
                        ? "The chat template refuses this conversation."
                        : Values.text(arguments.getFirst()));
    }

    private static Object namespace(List<Object> arguments, Map<String, Object> named) {
        var namespace = new Namespace(named);
        if (!arguments.isEmpty() && arguments.getFirst() instanceof Map<?, ?> map) {
            map.forEach((key, value) -> namespace.set(Values.text(key), value));
        }
        return namespace;
    }

    private static Object range(List<Object> arguments) {
        long first = arguments.size() > 1 ? Values.integer(arguments.get(0)) : 0;
        long last = Values.integer(arguments.get(arguments.size() > 1 ? 1 : 0));
        long step = arguments.size() > 2 ? Values.integer(arguments.get(2)) : 1;
        if (step == 0 || Math.abs(last - first) / Math.abs(step) > LONGEST_RANGE) {
            throw new TemplateException("The chat template counts too far.");
        }
        return LongStream.iterate(first, at -> step > 0 ? at < last : at > last, at -> at + step)
                .boxed()
                .map(Object.class::cast)
                .toList();
    }

    private Globals() {}
}
