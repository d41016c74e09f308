package org.deepseekplugin.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.platform.security.ApiKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerAuthTest {
    private static final Principal ADA = new Principal("ada", "default", Set.of());

    private final BearerAuth auth =
            new BearerAuth(hash ->
                    hash.equals(ApiKey.hash("sk-ada")) ? Optional.of(ADA) : Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sk-ada", "bearer sk-ada", "BEARER  sk-ada "})
    void knows_a_key(String header) {
        assertThat(auth.principal(List.of(header))).contains(ADA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sk-ada",
                "Basic sk-ada",
                "Bearer",
                "Bearer ",
                "Bearer sk-eve",
                "Bearersk-ada"
            })
    void knows_nothing_else(String header) {
        assertThat(auth.principal(List.of(header))).isEmpty();
        assertThat(auth.principal(List.of())).isEmpty();
    }

    @Test
    void of_two_keys_none_counts() {
        assertThat(auth.principal(List.of("Bearer sk-ada", "Bearer sk-ada"))).isEmpty();
    }

    @Test
    void does_not_hash_what_is_too_long_to_be_a_key() {
        assertThat(auth.principal(List.of("Bearer " + "x".repeat(10_000)))).isEmpty();
    }

    @Test
    void a_key_may_be_bound_to_models_by_either_name() {
        var narrow = new Principal("n", "default", Set.of("gpt-4-turbo"));

        assertThat(narrow.mayUse("gpt-4-turbo", "tiny")).isTrue();
        assertThat(narrow.mayUse("tiny", "tiny")).isFalse();
        assertThat(ADA.mayUse("tiny", "tiny")).isTrue();
    }
}
