package org.deepseekplugin.protocol;

import static java.util.Locale.ROOT;
import static java.util.stream.Collectors.toMap;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps messages to plain maps of strings, numbers, booleans, lists and maps, and back; a JSON
/// library does the rest.
///
/// Names are in camelCase as in the records. Enums are lower-case with `-`, instants and durations
/// ISO-8601 text, NaN is left out. A case of a sealed interface carries its name as `type`. Absent
/// text, lists and numbers read as empty and zero, so an older peer is understood; unknown fields
/// go to the component of type [Unknown].
public final class Wire {

    public static Map<String, Object> encode(Record message) {
        var map = new LinkedHashMap<String, Object>();
        if (isCase(message.getClass())) {
            map.put("type", kebab(message.getClass().getSimpleName()));
        }
        for (var component : message.getClass().getRecordComponents()) {
            var value = get(component, message);
            if (value instanceof Unknown(var fields)) {
                map.putAll(fields);
            } else if (!(value instanceof Double number && number.isNaN())) {
                map.put(component.getName(), encodeValue(value));
            }
        }
        return map;
    }

    /// @throws MalformedMessage naming the field and what was expected
    public static <T> T decode(Class<T> type, Map<String, Object> map) {
        return type.cast(decodeRecord(type.isSealed() ? caseOf(type, map) : type, map));
    }

    private static Object encodeValue(Object value) {
        return switch (value) {
            case Record message -> encode(message);
            case List<?> list -> list.stream().map(Wire::encodeValue).toList();
            case Map<?, ?> map -> map;
            case Enum<?> constant -> kebab(constant.name());
            case Instant instant -> instant.toString();
            case Duration duration -> duration.toString();
            default -> value;
        };
    }

    private static Object decodeRecord(Class<?> type, Map<String, Object> map) {
        var components = type.getRecordComponents();
        var rest = new LinkedHashMap<>(map);
        if (isCase(type)) {
            rest.remove("type");
        }
        var arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            if (components[i].getType() != Unknown.class) {
                arguments[i] =
                        decodeValue(
                                components[i].getName(),
                                components[i].getGenericType(),
                                rest.remove(components[i].getName()));
            }
        }
        rest.values().removeIf(value -> value == null);
        for (int i = 0; i < components.length; i++) {
            if (components[i].getType() == Unknown.class) {
                arguments[i] = new Unknown(rest);
            }
        }
        return construct(type, components, arguments);
    }

    private static Object decodeValue(String name, Type type, @Nullable Object value) {
        try {
            return switch (type) {
                case Class<?> c when c == String.class -> value == null ? "" : (String) value;
                case Class<?> c when c == int.class ->
                        value == null ? 0 : Math.toIntExact(((Number) value).longValue());
                case Class<?> c when c == long.class ->
                        value == null ? 0L : ((Number) value).longValue();
                case Class<?> c when c == double.class ->
                        value == null ? Double.NaN : ((Number) value).doubleValue();
                case Class<?> c when c == boolean.class -> value != null && (Boolean) value;
                case Class<?> c when c == Instant.class -> Instant.parse((String) required(value));
                case Class<?> c when c == Duration.class ->
                        Duration.parse((String) required(value));
                case Class<?> c when c.isEnum() -> constant(c, (String) required(value));
                case Class<?> c -> decode(c, value == null ? Map.of() : asMap(value));
                case ParameterizedType p when p.getRawType() == List.class ->
                        decodeList(name, p, value);
                case ParameterizedType p when p.getRawType() == Map.class -> decodeMap(value);
                default ->
                        throw new MalformedMessage(
                                "field " + name + " has the unsupported type " + type);
            };
        } catch (ClassCastException
                | ArithmeticException
                | IllegalArgumentException
                | java.time.DateTimeException e) {
            throw new MalformedMessage(
                    "field " + name + " must be " + type.getTypeName() + ", not " + value);
        }
    }

    private static List<Object> decodeList(
            String name, ParameterizedType type, @Nullable Object value) {
        var list = new ArrayList<Object>();
        for (var element : value == null ? List.of() : (List<?>) value) {
            list.add(decodeValue(name, type.getActualTypeArguments()[0], element));
        }
        return List.copyOf(list);
    }

    private static Map<String, Object> decodeMap(@Nullable Object value) {
        return value == null ? Map.of() : Map.copyOf(asMap(value));
    }

    private static Class<?> caseOf(Class<?> sealed, Map<String, Object> map) {
        var name = map.get("type");
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(c -> kebab(c.getSimpleName()).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new MalformedMessage(
                                "type \"" + name + "\" is not a known " + sealed.getSimpleName()));
    }

    private static boolean isCase(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("missing");
        }
        return value;
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> kebab(((Enum<?>) c).name()).equals(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static Map<String, Object> asMap(Object value) {
        return ((Map<?, ?>) value)
                .entrySet().stream()
                        .collect(toMap(entry -> (String) entry.getKey(), Map.Entry::getValue));
    }

    private static String kebab(String name) {
        return name.replace('_', '-').replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(ROOT);
    }

    private static Object get(RecordComponent component, Record message) {
        try {
            return component.getAccessor().invoke(message);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static Object construct(
            Class<?> type, RecordComponent[] components, @Nullable Object[] arguments) {
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new MalformedMessage(type.getSimpleName() + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private Wire() {}
}
