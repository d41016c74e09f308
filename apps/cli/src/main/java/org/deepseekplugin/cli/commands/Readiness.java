package org.deepseekplugin.cli.commands;

import java.time.Duration;
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
    /// @param name by which it can be released
    /// @return how it looks when ready
    /// @throws PlatformException `upstream_timeout`: it goes on without us
    static JsonNode await(
            String subject,
            String name,
            Supplier<JsonNode> look,
            Duration deadline,
            StateLine states) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            var seen = look.get();
            states.show(subject + ": " + sentence(seen));
            if (Cell.text(seen, "state").equals("ready")) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new PlatformException(
                        ErrorCode.UPSTREAM_TIMEOUT,
                        "%s is not ready after %s; it goes on by itself, and so may its bill. See why with `deepseek events`, or give it back with: deepseek release %s"
                                .formatted(subject, Cell.span(deadline), name));
            }
            Pause.of(LOOK_EVERY);
        }
    }

    private static String sentence(JsonNode seen) {
        var replicas = seen.path("replicas");
        var detailed = replicas.isEmpty() ? seen : replicas.path(0);
        var state = Cell.text(detailed, "state");
        var detail = Cell.optional(detailed, "detail");
        return detail.equals("-") || detail.equals(state) ? state : state + ", " + detail;
    }

    private Readiness() {}
}
