package org.deepseekplugin.platform.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.platform.config.ConfigNode.Entry;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;
import org.deepseekplugin.platform.config.ConfigNode.Scalar;
import org.deepseekplugin.platform.config.ConfigNode.Sequence;
import org.deepseekplugin.platform.errors.Nearest;
import org.jspecify.annotations.Nullable;

/// Makes records of a [Mapping], collecting what is wrong instead of stopping at it.
///
/// Components may be values ([Scalars]), records, `List`, `Map` by text, `Optional`, or [Mapping]
/// for what somebody else checks. A binding that is null has a problem in the list.
final class RecordBinder {
    private final List<ConfigProblem> problems;

    RecordBinder(List<ConfigProblem> problems) {
        this.problems = problems;
    }

    <T> @Nullable T bind(Class<T> type, Mapping mapping, String path) {
        var entries = byKey(type, mapping, path);
        var components = type.getRecordComponents();
        var arguments = new @Nullable Object[components.length];
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            var key = Keys.of(components[i]);
            arguments[i] =
                    component(components[i], entries.get(key), mapping.at(), Keys.under(path, key));
            complete &= arguments[i] != null;
        }
        return complete ? construct(type, components, arguments, mapping.at(), path) : null;
    }

    /// A key of a later file wins; unknown keys are problems.
    private Map<String, Entry> byKey(Class<?> type, Mapping mapping, String path) {
        var known = Keys.of(type);
        var entries = new LinkedHashMap<String, Entry>();
        mapping.entries()
                .forEach((written, entry) -> {
                    var key = Keys.canonical(written);
                    if (!known.contains(key)) {
                        problem(
                                entry.at(),
                                Keys.under(path, written),
                                "is not a key here; known are "
                                        + String.join(", ", known)
                                        + "."
                                        + Nearest.hint(key, known));
                        return;
                    }
                    var before = entries.put(key, entry);
                    if (before != null && before.at().file().equals(entry.at().file())) {
                        problem(
                                entry.at(),
                                Keys.under(path, written),
                                "stands here twice; keep one");
                    }
                });
        return entries;
    }

    private @Nullable Object component(
            RecordComponent component, @Nullable Entry entry, Position group, String path) {
        if (entry != null) {
            var value = value(component.getGenericType(), entry.value(), path);
            return value == null || inRange(component, value, entry.at(), path) ? value : null;
        }
        var fallback = component.getAnnotation(Default.class);
        if (fallback != null) {
            return value(component.getGenericType(), new Scalar(fallback.value(), group), path);
        }
        return absent(component.getGenericType(), group, path);
    }

    private @Nullable Object absent(Type type, Position group, String path) {
        var raw = raw(type);
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == List.class) {
            return List.of();
        }
        if (raw == Map.class) {
            return Map.of();
        }
        var nothing = new Mapping(Map.of(), group);
        if (raw == Mapping.class) {
            return nothing;
        }
        if (raw.isRecord() && !Scalars.isScalar(raw)) {
            return bind(raw, nothing, path);
        }
        return problem(group, path, "is required (" + Scalars.describe(raw) + ")");
    }

    private @Nullable Object value(Type type, ConfigNode node, String path) {
        var raw = raw(type);
        if (raw == Optional.class) {
            var value = value(argument(type, 0), node, path);
            return value == null ? null : Optional.of(value);
        }
        if (Scalars.isScalar(raw)) {
            return scalar(raw, node, path);
        }
        return switch (node) {
            case Sequence sequence when raw == List.class ->
                    list(argument(type, 0), sequence, path);
            // one value where a list is wanted is a list of one
            case Scalar scalar when raw == List.class ->
                    list(argument(type, 0), new Sequence(List.of(scalar), scalar.at()), path);
            case Mapping mapping when raw == Mapping.class -> mapping;
            case Mapping mapping when raw == Map.class -> map(argument(type, 1), mapping, path);
            case Mapping mapping when raw.isRecord() -> bind(raw, mapping, path);
            default ->
                    problem(
                            node.at(),
                            path,
                            "must be "
                                    + (raw == List.class ? "a list" : "a group of keys")
                                    + ", not "
                                    + node.kind());
        };
    }

    private @Nullable Object scalar(Class<?> type, ConfigNode node, String path) {
        if (!(node instanceof Scalar scalar)) {
            return problem(
                    node.at(),
                    path,
                    "must be one value (" + Scalars.describe(type) + "), not " + node.kind());
        }
        try {
            return Scalars.parse(type, scalar.text());
        } catch (IllegalArgumentException e) {
            return problem(node.at(), path, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Object list(Type element, Sequence sequence, String path) {
        var values = new ArrayList<Object>();
        for (int i = 0; i < sequence.items().size(); i++) {
            var value = value(element, sequence.items().get(i), path + "[" + i + "]");
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == sequence.items().size() ? List.copyOf(values) : null;
    }

    private @Nullable Object map(Type element, Mapping mapping, String path) {
        var values = new LinkedHashMap<String, Object>();
        mapping.entries()
                .forEach((key, entry) -> {
                    var value = value(element, entry.value(), Keys.under(path, key));
                    if (value != null) {
                        values.put(key, value);
                    }
                });
        return values.size() == mapping.entries().size() ? values : null;
    }

    private boolean inRange(RecordComponent component, Object value, Position at, String path) {
        var range = component.getAnnotation(Range.class);
        var plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        if (range == null || !(plain instanceof Number number)) {
            return true;
        }
        boolean fits = number.longValue() >= range.min() && number.longValue() <= range.max();
        if (!fits) {
            problem(at, path, number + " must be " + range.min() + " to " + range.max());
        }
        return fits;
    }

    private <T> @Nullable T construct(
            Class<T> type,
            RecordComponent[] components,
            @Nullable Object[] arguments,
            Position at,
            String path) {
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            problem(at, path, String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private @Nullable Object problem(Position at, String path, String message) {
        problems.add(new ConfigProblem(at, path, message));
        return null;
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : (Class<?>) type;
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
