package org.deepseekplugin.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.platform.json.Json;
import tools.jackson.databind.JsonNode;

/// What came back.
///
/// @param headers names in lower case
public record Answer(int status, Map<String, String> headers, String body) {

    static Answer of(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer: \"" + text + "\"");
        }
        var lines = text.substring(0, end).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            var parts = lines[i].split(": ?", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        return new Answer(
                Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
    }

    public JsonNode json() {
        return Json.tree(body.getBytes(UTF_8));
    }

    /// Of the JSON body.
    public String text(String pointer) {
        return json().at(pointer).asString("");
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    public String code() {
        return text("/code");
    }

    public String detail() {
        return text("/detail");
    }
}
