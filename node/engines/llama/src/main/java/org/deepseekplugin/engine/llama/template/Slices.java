package org.deepseekplugin.engine.llama.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `x[start:stop:step]` of lists and texts, with Python's rules for negative and missing bounds.
final class Slices {

    static Object of(
            Object value, Optional<Integer> start, Optional<Integer> stop, Optional<Integer> step) {
        return switch (value) {
            case List<?> list -> slice(list, start, stop, step.orElse(1));
            case String text ->
                    slice(Values.items(text), start, stop, step.orElse(1)).stream()
                            .map(String.class::cast)
                            .collect(Collectors.joining());
            default ->
                    throw new TemplateException(
                            "The chat template takes a slice of " + Values.python(value) + ".");
        };
    }

    private static List<Object> slice(
            List<?> list, Optional<Integer> start, Optional<Integer> stop, int step) {
        if (step == 0) {
            throw new TemplateException("The chat template takes a slice with step 0.");
        }
        int size = list.size();
        int first = step > 0 ? 0 : -1;
        int last = step > 0 ? size : size - 1;
        int from = start.map(at -> bound(at, size, first, last)).orElse(step > 0 ? 0 : size - 1);
        int to = stop.map(at -> bound(at, size, first, last)).orElse(step > 0 ? size : -1);
        var slice = new ArrayList<Object>();
        for (int i = from; step > 0 ? i < to : i > to; i += step) {
            slice.add(list.get(i));
        }
        return slice;
    }

    private static int bound(int at, int size, int first, int last) {
        return Math.clamp(at < 0 ? at + size : at, first, last);
    }

    private Slices() {}
}
