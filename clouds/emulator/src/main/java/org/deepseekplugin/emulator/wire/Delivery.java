package org.deepseekplugin.emulator.wire;

import java.time.Duration;

/// What happens to an answer on its way.
public sealed interface Delivery {
    record Whole() implements Delivery {}

    record Late(Duration by) implements Delivery {}

    /// The connection closes in its place.
    record Lost() implements Delivery {}

    /// It never comes; the connection closes after a while.
    record Hanging(Duration closesAfter) implements Delivery {}

    /// Only its first bytes come, then the connection closes.
    ///
    /// @param bytes 0 for half of it
    record Torn(int bytes) implements Delivery {}
}
