package org.deepseekplugin.gateway.api.exchange;

import io.vertx.core.Context;
import org.deepseekplugin.gateway.limits.InFlight;

/// Notices the end of an exchange, however it comes, once. Lives on one event loop.
public final class Finish {
    private final Exchange exchange;
    private final InFlight inFlight;
    private final Runnable abort;
    private boolean over;

    private Finish(Exchange exchange, InFlight inFlight, Context context) {
        this.exchange = exchange;
        this.inFlight = inFlight;
        this.abort =
                () ->
                        context.runOnContext(
                                now -> exchange.response().reset().onComplete(gone -> {}));
    }

    /// @return false while draining: the request must be refused
    public static boolean watch(Exchange exchange, InFlight inFlight, Context context) {
        var finish = new Finish(exchange, inFlight, context);
        var response = exchange.response();
        response.endHandler(sent -> finish.answered());
        response.closeHandler(closed -> finish.clientGone());
        response.exceptionHandler(broken -> finish.clientGone());
        exchange.request().exceptionHandler(broken -> finish.clientGone());
        return inFlight.enter(finish.abort);
    }

    /// Nothing is left to cancel: a reset now would cost a connection that can be used again.
    private void answered() {
        exchange.cancellation().done();
        once();
    }

    /// Also how HTTP/2 tells that a stream is over whose answer was whole.
    private void clientGone() {
        if (exchange.response().ended()) {
            answered();
        } else if (!over) {
            exchange.left();
            exchange.cancellation().cancel();
            once();
        }
    }

    private void once() {
        if (!over) {
            over = true;
            inFlight.leave(abort);
            exchange.over();
        }
    }
}
