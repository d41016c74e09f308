package org.deepseekplugin.cli.up;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;

/// The requests that a server which is told to stop lets finish first.
final class Unfinished {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern IN_FLIGHT =
            Pattern.compile("(?m)^deepseek_gateway_requests_in_flight(?:\\{.*})? ([0-9.]+)$");

    /// Empty where nothing is waited for, or where the server does not say.
    static Optional<String> sentence(DataDir dataDir) {
        try {
            var server = Json.tree(Files.readAllBytes(dataDir.serverFile()));
            long most = server.path("drain_seconds").asLong(0);
            return sentence(metrics(server.path("url").asString()), most);
        } catch (IOException | PlatformException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Optional<String> sentence(String metrics, long most) {
        var found = IN_FLIGHT.matcher(metrics);
        int count = found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
        return count == 0
                ? Optional.empty()
                : Optional.of(
                        "Waiting for %d request%s (%d s at most) ..."
                                .formatted(count, count == 1 ? "" : "s", most));
    }

    private static String metrics(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/metrics")).timeout(PATIENCE);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        }
    }

    private Unfinished() {}
}
