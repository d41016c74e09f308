package org.deepseekplugin.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnfinishedTest {

    @Test
    void says_how_many_requests_are_waited_for_and_how_long() {
        assertThat(Unfinished.sentence(metrics("2.0"), 30))
                .contains("Waiting for 2 requests (30 s at most) ...");
        assertThat(Unfinished.sentence(metrics("1.0"), 5))
                .contains("Waiting for 1 request (5 s at most) ...");
    }

    @Test
    void says_nothing_where_nothing_is_waited_for() {
        assertThat(Unfinished.sentence(metrics("0.0"), 30)).isEmpty();
        assertThat(Unfinished.sentence("", 30)).isEmpty();
    }

    private static String metrics(String value) {
        return """
        # TYPE deepseek_gateway_requests_in_flight gauge
        deepseek_gateway_requests_in_flight %s
        other 7.0
        """
                .formatted(value);
    }
}
