package org.deepseekplugin.orchestrator.reconcile;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Values read from the texts that the store keeps of them. Loops read the same rows again and
/// again, so the newest texts are parsed once. Thread-safe.
///
/// @param <T> immutable
public final class Parsed<T> {
    private static final int REMEMBERED = 10_000;

    private final Function<String, T> parse;
    private final Map<String, T> values = new ConcurrentHashMap<>();

    public Parsed(Function<String, T> parse) {
        this.parse = parse;
    }

    public T of(String text) {
        var known = values.get(text);
        if (known != null) {
            return known;
        }
        if (values.size() >= REMEMBERED) {
            values.clear();
        }
        var value = parse.apply(text);
        values.put(text, value);
        return value;
    }
}
