package org.deepseekplugin.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.junit.jupiter.api.Test;

final class UsageScanTest {
    private static final String USAGE =
            "\"usage\": {\"prompt_tokens\": 12, \"completion_tokens\": 34, \"total_tokens\": 46,"
                    + " \"prompt_tokens_details\": {\"cached_tokens\": 5, \"audio_tokens\": 0},"
                    + " \"completion_tokens_details\": {\"reasoning_tokens\": 3}}";

    @Test
    void finds_the_usage_at_the_end_of_an_answer() {
        var scan = new UsageScan(false);
        scan.see(Buffer.buffer("{\"choices\": [\"" + "x".repeat(50_000) + "\"], " + USAGE + "}"));

        assertThat(scan.stated()).isEqualTo(new Tokens(12, 5, 34));
    }

    @Test
    void finds_it_across_pieces_and_takes_the_last() {
        var scan = new UsageScan(true);
        var stream =
                "data: {\"usage\": null}\n\n".repeat(500)
                        + "data: {"
                        + USAGE.replace("12", "1")
                        + "}\n\ndata: {"
                        + USAGE
                        + "}\n\ndata: [DONE]\n\n";
        for (int at = 0; at < stream.length(); at += 7) {
            scan.see(Buffer.buffer(stream.substring(at, Math.min(stream.length(), at + 7))));
        }

        assertThat(scan.stated()).isEqualTo(new Tokens(12, 5, 34));
    }

    @Test
    void a_stream_that_states_nothing_is_counted_by_its_events() {
        var scan = new UsageScan(true);
        for (int i = 0; i < 40; i++) {
            scan.see(Buffer.buffer("data: {\"choices\": []}\n"));
            scan.see(Buffer.buffer("\n"));
        }

        assertThat(scan.stated()).isNull();
        assertThat(scan.events()).isEqualTo(40);
    }

    @Test
    void events_are_counted_however_they_are_cut_and_end() {
        var scan = new UsageScan(true);
        scan.see(Buffer.buffer("data: {\"choices\": []}\n\n".repeat(400)));
        scan.see(Buffer.buffer("data: {}\r\n\r"));
        scan.see(Buffer.buffer("\ndata: {}\r\n\r\n"));

        assertThat(scan.events()).isEqualTo(402);
    }

    @Test
    void words_of_the_model_are_not_taken_for_its_usage() {
        var scan = new UsageScan(false);
        scan.see(Buffer.buffer("{\"content\": \"say \\\"usage\\\": {\\\"prompt_tokens\\\": 9}\"}"));

        assertThat(scan.stated()).isNull();
    }

    @Test
    void usage_that_was_cut_off_is_not_stated() {
        var scan = new UsageScan(false);
        scan.see(Buffer.buffer("{" + USAGE.substring(0, 60)));

        assertThat(scan.stated()).isNull();
    }
}
