package org.deepseekplugin.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import tools.jackson.databind.JsonNode;

/// A line of a log as a person reads it: `11:35:07 INFO message key=value`.
public final class LogLine {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Set<String> SPELLED_OUT =
            Set.of("at", "level", "message", "logger_name", "thread_name");

    /// @param line a JSON object, or anything else, which stays as it is
    public static String readable(String line) {
        return object(line).map(LogLine::sentence).orElse(line);
    }

    private static Optional<JsonNode> object(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.tree(line.getBytes(UTF_8))).filter(json -> json.has("message"));
        } catch (PlatformException notJson) {
            return Optional.empty();
        }
    }

    private static String sentence(JsonNode json) {
        var sentence = new StringBuilder(time(json.path("at").asString("")));
        sentence.append(' ').append("%-5s".formatted(json.path("level").asString("")));
        sentence.append(' ').append(json.path("message").asString(""));
        for (var entry : json.properties()) {
            if (!SPELLED_OUT.contains(entry.getKey()) && !value(entry.getValue()).isEmpty()) {
                sentence.append(' ')
                        .append(entry.getKey())
                        .append('=')
                        .append(value(entry.getValue()));
            }
        }
        return sentence.toString();
    }

    private static String value(JsonNode value) {
        var text = value.isValueNode() ? value.asString() : value.toString();
        return text.contains(" ") && text.indexOf('\n') < 0 ? '"' + text + '"' : text;
    }

    private static String time(String at) {
        try {
            return LOCAL.format(Instant.parse(at).atZone(ZoneId.systemDefault()));
        } catch (DateTimeException notATime) {
            return at;
        }
    }

    private LogLine() {}
}
