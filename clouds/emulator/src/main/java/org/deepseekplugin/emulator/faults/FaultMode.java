package org.deepseekplugin.emulator.faults;

/// What goes wrong with a call. "After" means: the work is done, and on the disk, when the answer
/// is lost.
public enum FaultMode {
    /// The call is refused with the fault's code; nothing is done.
    ERROR,
    /// The connection closes in place of an answer.
    RESET_AFTER,
    /// No answer comes; the connection closes after `n` seconds (300).
    HANG_AFTER,
    /// The first `n` bytes of the answer come (half of it), then the connection closes.
    TRUNCATE_AFTER,
    /// The answer comes `n` seconds late (1).
    DELAY,
    /// A launch gets `n` machines at most (1): fewer than asked, or no capacity where that is below
    /// the minimum.
    PARTIAL,
    /// The call is delivered `n` times (2); the last answer is sent.
    DUPLICATE;

    /// What `n` may be at most: seconds, bytes, machines or calls.
    int mostN() {
        return switch (this) {
            case ERROR, RESET_AFTER, PARTIAL -> 1_000_000;
            case TRUNCATE_AFTER -> 1 << 20;
            case HANG_AFTER, DELAY -> 900;
            case DUPLICATE -> 10;
        };
    }

    int defaultN() {
        return switch (this) {
            case ERROR, RESET_AFTER, TRUNCATE_AFTER -> 0;
            case HANG_AFTER -> 300;
            case DELAY, PARTIAL -> 1;
            case DUPLICATE -> 2;
        };
    }
}
