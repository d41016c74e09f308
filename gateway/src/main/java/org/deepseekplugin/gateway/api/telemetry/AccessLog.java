package org.deepseekplugin.gateway.api.telemetry;

import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line a request: never its contents, never its key.
final class AccessLog {
    private static final Logger log = LoggerFactory.getLogger("deepseek.access");

    void finished(Exchange exchange, long nanos) {
        if (!log.isInfoEnabled()) {
            return;
        }
        var principal = exchange.principal();
        log.atInfo()
                .addKeyValue("request", exchange.id())
                .addKeyValue("method", exchange.request().method().name())
                .addKeyValue("path", exchange.path())
                .addKeyValue("status", exchange.status())
                .addKeyValue("project", principal == null ? "" : principal.project())
                .addKeyValue("key", principal == null ? "" : principal.keyId())
                .addKeyValue("model", exchange.model())
                .addKeyValue("endpoint", exchange.endpoint())
                .addKeyValue("attempts", exchange.attempts())
                .addKeyValue("stream", exchange.stream())
                .addKeyValue("prompt_tokens", exchange.tokens().prompt())
                .addKeyValue("completion_tokens", exchange.tokens().completion())
                .addKeyValue("first_byte_ms", exchange.firstByteNanos() / 1e6)
                .addKeyValue("ms", nanos / 1e6)
                .log("request");
    }
}
