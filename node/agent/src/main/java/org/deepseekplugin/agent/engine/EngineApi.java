package org.deepseekplugin.agent.engine;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.protocol.Wire;

/// What the supervisor asks an engine, over loopback. Blocks for [#MILLIS] at the most.
record EngineApi(int port, EngineCommand.Probes probes) {
    private static final int MILLIS = 2_000;

    boolean healthy() {
        try {
            return call("GET", probes.health()).getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /// What is known when the engine does not say.
    EngineStats stats(EngineStats known) {
        if (probes.stats().isEmpty()) {
            return known;
        }
        try (var body = call("GET", probes.stats()).getInputStream()) {
            return Wire.decode(EngineStats.class, Json.map(body.readAllBytes()));
        } catch (IOException | PlatformException | MalformedMessage e) {
            return known;
        }
    }

    /// Whether the engine understood.
    boolean drain() {
        try {
            return !probes.drain().isEmpty()
                    && call("POST", probes.drain()).getResponseCode() < 300;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpURLConnection call(String method, String path) throws IOException {
        var connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        return connection;
    }
}
