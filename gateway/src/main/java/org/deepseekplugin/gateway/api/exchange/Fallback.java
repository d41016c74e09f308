package org.deepseekplugin.gateway.api.exchange;

import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers when our own code fails, so that no client waits for ever and no engine works for
/// nobody.
public final class Fallback {
    private static final Logger log = LoggerFactory.getLogger(Fallback.class);

    /// Runs a step of an exchange.
    ///
    /// @return false when it failed; the client has been told then
    public static boolean guard(Exchange exchange, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("request", exchange.id())
                    .addKeyValue("path", exchange.path())
                    .setCause(e)
                    .log("request failed");
            exchange.cancellation().cancel();
            answer(exchange);
            return false;
        }
    }

    private static void answer(Exchange exchange) {
        if (exchange.response().headWritten()) {
            exchange.response().reset().onComplete(gone -> {});
        } else {
            Answers.refuse(
                    exchange,
                    Refusal.of(
                            ErrorCode.INTERNAL,
                            "Something went wrong in the gateway; repeat the request. Its log tells"
                                    + " more under request "
                                    + exchange.id()));
        }
    }

    private Fallback() {}
}
