package org.deepseekplugin.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.SplittableRandom;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.platform.http.RequestId;
import org.junit.jupiter.api.Test;

final class CallIdTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void our_own_id_is_unique_as_it_is() {
        assertThat(CallId.of(inquiry("req_0123456789", true), 1, random))
                .isEqualTo("req_0123456789");
    }

    @Test
    void a_clients_id_and_a_retry_get_an_ending() {
        assertThat(CallId.of(inquiry("my-request", false), 1, random))
                .matches("my-request-[0-9a-z]{12}");
        assertThat(CallId.of(inquiry("req_0123456789", true), 2, random))
                .matches("req_0123456789-[0-9a-z]{12}");
    }

    @Test
    void the_longest_id_stays_one_that_engines_take() {
        var id = CallId.of(inquiry("x".repeat(64), false), 1, random);

        assertThat(RequestId.of(id, random)).isEqualTo(id);
    }

    private static Inquiry inquiry(String id, boolean ours) {
        return new Inquiry(
                id,
                ours,
                new Principal("k", "default", Set.of()),
                "tiny",
                "tiny",
                "/v1/completions",
                Buffer.buffer(),
                0,
                null,
                new Cancellation());
    }
}
