package org.deepseekplugin.orchestrator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deepseekplugin.platform.security.Secret;
import org.junit.jupiter.api.Test;

final class JoinTokensTest {
    private final JoinTokens tokens = new JoinTokens(new Secret("0123456789abcdef".repeat(2)));

    /// It is part of a rental request, which must be repeated byte by byte, by newer versions, too.
    @Test
    void tokens_stay_what_they_were() {
        assertThat(tokens.token("int-k3x9m2q7wz1a", "us-east-1a", 1).reveal())
                .isEqualTo("int-k3x9m2q7wz1a.2B9BlD85sUTwBruAsudtdedRb8dqt6YzrvvK4xQOUsk");
    }

    @Test
    void a_token_fits_its_own_intent_zone_and_attempt_only() {
        var token = tokens.token("int-a", "zone", 1);
        assertThat(tokens.fits(token, "int-a", "zone", 1)).isTrue();
        assertThat(tokens.fits(token, "int-b", "zone", 1)).isFalse();
        assertThat(tokens.fits(token, "int-a", "other", 1)).isFalse();
        assertThat(tokens.fits(token, "int-a", "zone", 2)).isFalse();
        assertThat(tokens.fits(new Secret("int-a."), "int-a", "zone", 1)).isFalse();
    }

    @Test
    void another_installation_makes_other_tokens() {
        var others = new JoinTokens(new Secret("fedcba9876543210".repeat(2)));
        assertThat(others.fits(tokens.token("int-a", "zone", 1), "int-a", "zone", 1)).isFalse();
    }

    @Test
    void a_token_names_its_intent() {
        assertThat(JoinTokens.intentOf(tokens.token("int-a", "zone", 1))).contains("int-a");
        assertThat(JoinTokens.intentOf(new Secret("nonsense"))).isEmpty();
        assertThat(JoinTokens.intentOf(new Secret(".int-a"))).isEmpty();
    }

    @Test
    void a_short_server_key_is_refused() {
        assertThatThrownBy(() -> new JoinTokens(new Secret("short")))
                .hasMessageContaining("32 characters");
    }
}
