package org.deepseekplugin.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/// What came of a [Call].
public sealed interface Reply {

    /// The head of an answer has arrived.
    ///
    /// @param body paused; its exception handler hears of a break
    /// @param reset ends the exchange at once, so that the engine stops
    record Answering(int status, MultiMap headers, ReadStream<Buffer> body, Runnable reset)
            implements Reply {}

    /// The whole answer has arrived.
    record Answered(int status, MultiMap headers, Buffer body) implements Reply {}

    /// No answer.
    ///
    /// @param detail for logs and operators
    record Failed(Reason reason, String detail) implements Reply {}

    /// Whether a status says that there is no answer: an error, or a redirection to somewhere that
    /// is no client's business.
    static boolean isNoAnswer(int status) {
        return status >= 300;
    }

    /// Why there is no answer.
    enum Reason {
        /// No connection: nothing was sent.
        UNREACHABLE,
        /// The connection broke before the answer was whole, and the client has seen none of it.
        BROKEN,
        /// No answer in time.
        TIMEOUT,
        /// This way of reaching an endpoint does not exist yet.
        NOT_ACTIVE_YET,
        /// The ledger cannot take more.
        UNACCOUNTABLE,
        /// The client went away.
        CANCELLED
    }
}
