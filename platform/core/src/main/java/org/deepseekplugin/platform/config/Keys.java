package org.deepseekplugin.platform.config;

import static java.util.Locale.ROOT;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/// A record's components as keys.
final class Keys {

    static String of(RecordComponent component) {
        return component.getName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(ROOT);
    }

    static List<String> of(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(Keys::of).toList();
    }

    /// `idle_timeout` is `idle-timeout`.
    static String canonical(String written) {
        return written.replace('_', '-');
    }

    static String under(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Keys() {}
}
