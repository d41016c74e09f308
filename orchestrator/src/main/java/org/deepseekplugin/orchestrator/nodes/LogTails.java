package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;

/// Asks nodes for the last lines of their logs and waits for the answer.
final class LogTails {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_LINES = 10_000;

    private final Surroundings surroundings;
    private final Map<String, CompletableFuture<List<String>>> waiting = new ConcurrentHashMap<>();

    LogTails(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<String> ask(AgentLink link, String source, int lines) {
        var request = surroundings.newId("log");
        var answer = new CompletableFuture<List<String>>();
        waiting.put(request, answer);
        try {
            link.send(
                    new ServerMessage.TailLog(
                            request, source, Math.clamp(lines, 1, MOST_LINES), Unknown.NONE));
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new PlatformException(
                    ErrorCode.UPSTREAM_TIMEOUT, "The node did not send its log; try again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.SHUTTING_DOWN, "Interrupted.", e);
        } finally {
            waiting.remove(request);
        }
    }

    void answered(String request, List<String> lines) {
        var answer = waiting.get(request);
        if (answer != null) {
            answer.complete(lines);
        }
    }
}
