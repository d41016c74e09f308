package org.deepseekplugin.agent.engine;

import java.time.Clock;
import java.time.Duration;
import org.deepseekplugin.platform.time.Backoff;

/// How patient a supervisor is.
///
/// @param restarts how long to wait before an engine that ended is started again
/// @param poll how often an engine is asked how it is
/// @param start how long it may take until it is ready
/// @param silence how long a ready one may be silent before it is killed
/// @param drain how long running requests may take after a stop was asked for
/// @param term how long it may take to end after SIGTERM
public record Supervision(
        Backoff restarts,
        Duration poll,
        Duration start,
        Duration silence,
        Duration drain,
        Duration term,
        Clock clock) {

    /// Large models load for minutes; a loaded machine may keep an engine from answering for long.
    public static Supervision standard(Backoff restarts, Clock clock) {
        return new Supervision(
                restarts,
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                clock);
    }
}
