package org.deepseekplugin.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.http.RequestId;
import org.jspecify.annotations.Nullable;

/// Sends a file straight from the disk; from the middle, where a download goes on.
public final class FileAnswer {
    private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

    /// @param size of the file in bytes
    public static void send(HttpServerRequest request, String id, Path file, long size) {
        var range = Slice.of(request.getHeader("range"), size);
        var response = request.response().putHeader(RequestId.HEADER, id);
        if (range.isEmpty()) {
            response.putHeader("content-range", "bytes */" + size)
                    .setStatusCode(416)
                    .end()
                    .onComplete(sent -> {});
            return;
        }
        var slice = range.get();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader("accept-ranges", "bytes");
        if (slice.partial()) {
            var where = "bytes %d-%d/%d".formatted(slice.from(), slice.end() - 1, size);
            response.setStatusCode(206).putHeader("content-range", where);
        }
        response.sendFile(file.toString(), slice.from(), slice.end() - slice.from())
                .onFailure(e ->
                        Problems.answer(
                                request, id, ErrorCode.INTERNAL, "The file cannot be read: " + e));
    }

    /// @param end after the last byte
    private record Slice(long from, long end, boolean partial) {

        /// Empty when nothing of the file is asked for. A header that is not understood counts as
        /// none (RFC 9110, 14.2).
        static Optional<Slice> of(@Nullable String header, long size) {
            if (header == null) {
                return Optional.of(new Slice(0, size, false));
            }
            var match = FROM.matcher(header);
            if (!match.matches()) {
                return Optional.of(new Slice(0, size, false));
            }
            long from = Long.parseLong(match.group(1));
            long end =
                    match.group(2).isEmpty()
                            ? size
                            : Math.min(size, Long.parseLong(match.group(2)) + 1);
            return from < end ? Optional.of(new Slice(from, end, true)) : Optional.empty();
        }
    }

    private FileAnswer() {}
}
