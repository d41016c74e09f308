package org.deepseekplugin.gateway.api.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EventFramingTest {
    private final EventFraming framing = new EventFraming();

    @Test
    void whole_events_pass_at_once() {
        assertThat(push("data: a\n\n")).isEqualTo("data: a\n\n");
        assertThat(push("data: b\r\n\r\n")).isEqualTo("data: b\r\n\r\n");
    }

    @Test
    void a_begun_event_waits_for_its_end() {
        assertThat(push("data: a\n\ndata: {\"x")).isEqualTo("data: a\n\n");
        assertThat(push("\": 1}\n")).isEmpty();
        assertThat(push("\n")).isEqualTo("data: {\"x\": 1}\n\n");
        assertThat(framing.rest().length()).isZero();
    }

    @Test
    void an_endless_event_is_not_held_for_ever() {
        var held = "x".repeat(600_000);

        assertThat(push(held)).isEmpty();
        assertThat(push(held)).hasSize(1_200_000);
    }

    @Test
    void no_byte_is_lost_or_moved_however_the_stream_is_cut() {
        var stream = "data: eins\n\n: comment\n\ndata: zwei\r\n\r\ndata: drei\n\ndata: torn";
        var random = new SplittableRandom(3);
        for (int round = 0; round < 500; round++) {
            var cut = new EventFraming();
            var out = new StringBuilder();
            for (int at = 0; at < stream.length(); ) {
                int to = Math.min(stream.length(), at + random.nextInt(1, 12));
                out.append(cut.complete(Buffer.buffer(stream.substring(at, to))));
                assertThat(
                                out.isEmpty()
                                        || out.toString().endsWith("\n\n")
                                        || out.toString().endsWith("\r\n\r\n"))
                        .isTrue();
                at = to;
            }
            assertThat(out.append(cut.rest()).toString()).isEqualTo(stream);
        }
    }

    private String push(String piece) {
        return framing.complete(Buffer.buffer(piece)).toString();
    }
}
