package org.deepseekplugin.emulator.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole HTTP request as it came, for signatures are made over what came.
///
/// @param path as sent, not decoded
/// @param query as sent, without `?`; empty for none
/// @param headers by lower-case name
/// @param body as UTF-8, which is what all protocols here send
public record WireRequest(
        String method, String path, String query, Map<String, List<String>> headers, String body) {

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
