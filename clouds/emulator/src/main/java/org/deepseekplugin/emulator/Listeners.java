package org.deepseekplugin.emulator;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deepseekplugin.emulator.wire.LoopbackListener;
import org.deepseekplugin.emulator.wire.WireApi;

/// The emulator's listeners by name. A port that was asked for must be had; the port of the last
/// start is only preferred.
final class Listeners implements AutoCloseable {
    private final Vertx vertx;
    private final Map<String, Integer> asked;
    private final Map<String, Integer> last;
    private final Map<String, LoopbackListener> open = new TreeMap<>();

    Listeners(Vertx vertx, Map<String, Integer> asked, Map<String, Integer> last) {
        this.vertx = vertx;
        this.asked = asked;
        this.last = last;
    }

    /// @return its URL
    String open(String name, WireApi api) {
        int port = asked.getOrDefault(name, 0);
        open.put(
                name,
                port != 0
                        ? LoopbackListener.open(vertx, port, api)
                        : LoopbackListener.openNear(vertx, last.getOrDefault(name, 0), api));
        return url(name);
    }

    String url(String name) {
        var listener = open.get(name);
        if (listener == null) {
            throw new IllegalStateException("nothing listens for " + name);
        }
        return listener.url();
    }

    Map<String, Integer> ports() {
        return open.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().port()));
    }

    @Override
    public void close() {
        open.values().forEach(LoopbackListener::close);
    }
}
