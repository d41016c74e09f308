package org.deepseekplugin.gateway.ledger.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
    private static final Duration FOREVER = Duration.ofDays(10_000);

    @Test
    void the_newest_two_always_stay() {
        assertThat(expired(new Retention(Duration.ZERO, 0), 2)).isEmpty();
        assertThat(expired(new Retention(Duration.ZERO, 0), 3)).containsExactly("0");
    }

    @Test
    void the_oldest_go_beyond_the_bound_in_bytes() {
        assertThat(expired(new Retention(FOREVER, 200), 6)).containsExactly("1", "0");
    }

    @Test
    void what_is_older_than_the_bound_in_time_goes() {
        assertThat(expired(new Retention(Duration.ofDays(4), 100_000), 7))
                .containsExactly("1", "0");
    }

    /// Segments of 100 bytes, a day apart, the last written now.
    private static List<String> expired(Retention retention, int count) {
        var segments =
                IntStream.range(0, count)
                        .mapToObj(i ->
                                new Retention.Segment(
                                        Path.of("" + i),
                                        100,
                                        NOW.minus(Duration.ofDays(count - 1 - i))))
                        .toList();
        return retention.expired(segments, NOW).stream()
                .map(segment -> segment.path().toString())
                .toList();
    }
}
