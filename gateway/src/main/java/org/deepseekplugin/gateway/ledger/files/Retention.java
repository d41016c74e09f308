package org.deepseekplugin.gateway.ledger.files;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How much of the past is kept line by line. The account does not depend on it: each segment
/// begins with the sums of all before it.
///
/// @param keepFor a segment that was last written longer ago goes
/// @param keepBytes the oldest go until what is left, beside the newest two, has no more than this
public record Retention(Duration keepFor, long keepBytes) {
    public static final Retention DEFAULT = new Retention(Duration.ofDays(30), 1024L * 1024 * 1024);

    /// The newest is being written; the one before it is kept until the newest is surely on the
    /// disk.
    private static final int ALWAYS_KEPT = 2;

    public Retention {
        if (keepFor.isNegative() || keepBytes < 0) {
            throw new IllegalArgumentException(
                    "retention must not be negative, as " + keepFor + ", " + keepBytes + " bytes");
        }
    }

    /// A closed file of the ledger.
    record Segment(Path path, long bytes, Instant lastWritten) {}

    /// @param segments oldest first
    /// @return those that may go
    List<Segment> expired(List<Segment> segments, Instant now) {
        var expired = new ArrayList<Segment>();
        long kept = 0;
        for (int i = segments.size() - 1 - ALWAYS_KEPT; i >= 0; i--) {
            var segment = segments.get(i);
            kept += segment.bytes();
            if (kept > keepBytes || segment.lastWritten().plus(keepFor).isBefore(now)) {
                expired.add(segment);
            }
        }
        return expired;
    }
}
