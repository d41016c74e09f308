package org.deepseekplugin.server.control;

import java.util.Map;
import org.deepseekplugin.protocol.Protocol;

/// What this is and speaks.
public final class VersionOperations implements Operations {
    private static final String API = "1.0.0";

    private final String version;

    private record Versions(String version, String api, int protocol, String java) {}

    public VersionOperations(String version) {
        this.version = version;
    }

    @Override
    public Map<String, Handler> handlers() {
        var versions =
                new Versions(version, API, Protocol.VERSION, System.getProperty("java.version"));
        return Map.of("getVersion", call -> ControlReply.ok(versions));
    }
}
