package org.deepseekplugin.platform.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.Map;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class JsonLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final JsonLines lines = new JsonLines();

    @Test
    void an_event_is_a_line_with_its_own_types() {
        var event = event("refused, trying \"{}\"", "next\n\u0007 世界 \uD83D\uDE42");
        event.addKeyValuePair(new KeyValuePair("count", 3));
        event.addKeyValuePair(new KeyValuePair("share", 0.5));
        event.addKeyValuePair(new KeyValuePair("nan", Double.NaN));
        event.addKeyValuePair(new KeyValuePair("done", true));
        event.addKeyValuePair(new KeyValuePair("none", null));
        event.addKeyValuePair(new KeyValuePair("at_home", Level.INFO));

        var line = line(event);

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(map(line))
                .containsEntry("at", "2026-03-05T14:07:09.120Z")
                .containsEntry("message", "refused, trying \"next\n\u0007 世界 \uD83D\uDE42\"")
                .containsEntry("logger_name", "org.deepseekplugin.Some")
                .containsEntry("thread_name", "worker")
                .containsEntry("level", "WARN")
                .containsEntry("request", "request-1")
                .containsEntry("count", 3)
                .containsEntry("share", 0.5)
                .containsEntry("nan", "NaN")
                .containsEntry("done", true)
                .containsEntry("none", null)
                .containsEntry("at_home", "INFO")
                .doesNotContainKey("stack_trace");
    }

    @Test
    void an_exception_is_told_with_its_cause() {
        var event = event("failed");
        event.setThrowableProxy(
                new ch.qos.logback.classic.spi.ThrowableProxy(
                        new IllegalStateException("outer", new IllegalArgumentException("inner"))));

        assertThat(map(line(event)).get("stack_trace"))
                .asString()
                .contains("IllegalStateException: outer")
                .contains("Caused by: java.lang.IllegalArgumentException: inner")
                .contains("JsonLinesTest.java");
    }

    @Test
    void processes_log_so_unless_they_are_told_otherwise() {
        var configurator = new LogToStderr();
        configurator.setContext(context);

        configurator.configure(context);

        var root = context.getLogger("ROOT");
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        assertThat(root.getAppender("stderr")).isNotNull();
        assertThat(context.getLogger("org.flywaydb.core").isInfoEnabled()).isFalse();
    }

    private LoggingEvent event(String message, Object... arguments) {
        var logger = context.getLogger("org.deepseekplugin.Some");
        var event = new LoggingEvent("", logger, Level.WARN, message, null, arguments);
        event.setInstant(Instant.parse("2026-03-05T14:07:09.120Z"));
        event.setThreadName("worker");
        event.setMDCPropertyMap(Map.of("request", "request-1"));
        return event;
    }

    private String line(LoggingEvent event) {
        return new String(lines.encode(event), UTF_8);
    }

    private static Map<String, Object> map(String line) {
        return Json.map(line.getBytes(UTF_8));
    }
}
