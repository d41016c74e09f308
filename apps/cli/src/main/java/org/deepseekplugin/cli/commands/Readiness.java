package org.deepseekplugin.cli.commands;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.deepseekplugin.cli.client.Pause;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.StateLine;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import tools.jackson.databind.JsonNode;

/// Looks at something until it is ready, and says how it goes on meanwhile.
final class Readiness {
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);

    /// @param subject for the person, such as `service chat`
    /// @return how it looks when ready
    /// @throws PlatformException `upstream_timeout`: it goes on without us
    static JsonNode await(
            String subject,
            Supplier<JsonNode> look,
            Predicate<JsonNode> ready,
            Duration deadline,
            StateLine states) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            var seen = look.get();
            states.show(subject + ": " + sentence(seen));
            if (ready.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new PlatformException(
                        ErrorCode.UPSTREAM_TIMEOUT,
                        "%s is not ready after %s; it goes on by itself. Look at it with `deepseek services` and `deepseek events`."
                                .formatted(subject, Cell.span(deadline)));
            }
            Pause.of(LOOK_EVERY);
        }
    }

    private static String sentence(JsonNode seen) {
        var replicas = seen.path("replicas");
        var detailed = replicas.isEmpty() ? seen : replicas.path(0);
        var detail = Cell.text(detailed, "detail");
        return Cell.text(detailed, "state") + (detail.equals("-") ? "" : ", " + detail);
    }

    private Readiness() {}
}
