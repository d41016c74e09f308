package org.deepseekplugin.server.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path of the contract, such as `/api/v1/services/{name}`.
record PathTemplate(List<String> segments) {

    static PathTemplate of(String path) {
        return new PathTemplate(List.of(path.split("/", -1)));
    }

    /// The values of the template's parameters, decoded and never empty; nothing if the path is
    /// another.
    Optional<Map<String, String>> match(String path) {
        var parts = path.split("/", -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < parts.length; i++) {
            var segment = segments.get(i);
            if (segment.startsWith("{") && !parts[i].isEmpty()) {
                values.put(segment.substring(1, segment.length() - 1), decode(parts[i]));
            } else if (!segment.equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static String decode(String part) {
        try {
            // a plus stands for itself in a path
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return part;
        }
    }
}
