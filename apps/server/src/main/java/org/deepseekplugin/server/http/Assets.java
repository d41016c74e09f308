package org.deepseekplugin.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;

/// A few files from the class path, each loaded when it is first asked for and kept.
public final class Assets implements Site {
    /// Pages load nothing from elsewhere and cannot be framed.
    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

    private final Map<String, Asset> byPath;
    private final Map<String, Buffer> loaded = new ConcurrentHashMap<>();

    /// @param resource on the class path
    public record Asset(String resource, String contentType) {}

    public Assets(Map<String, Asset> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    @Override
    public void handle(HttpServerRequest request, String requestId) {
        var asset = byPath.get(request.path());
        if (asset == null) {
            Problems.answer(
                    request,
                    requestId,
                    ErrorCode.NOT_FOUND,
                    "There is nothing at \"%s\".".formatted(request.path()));
            return;
        }
        var bytes = loaded.computeIfAbsent(asset.resource(), Assets::load);
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType())
                .putHeader(RequestId.HEADER, requestId)
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .end(bytes)
                .onComplete(sent -> {});
    }

    private static Buffer load(String resource) {
        try (var stream = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
