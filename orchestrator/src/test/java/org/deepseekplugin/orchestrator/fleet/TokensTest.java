package org.deepseekplugin.orchestrator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokensTest {
    private final Tokens tokens = Tokens.derived();

    /// A newer version repeats the calls of an older one: another token would make another machine.
    @Test
    void tokens_stay_what_they_were() {
        assertThat(tokens.token("int-k3x9m2q7wz1a", "us-east-1a", 1))
                .isEqualTo("int-k3x9m2q7wz1a-1-bcc3edcc");
    }

    @Test
    void tokens_differ_where_a_machine_would_be_another() {
        var token = tokens.token("int-k3x9m2q7wz1a", "us-east-1a", 1);
        assertThat(tokens.token("int-k3x9m2q7wz1a", "us-east-1a", 1)).isEqualTo(token);
        assertThat(tokens.token("int-k3x9m2q7wz1b", "us-east-1a", 1)).isNotEqualTo(token);
        assertThat(tokens.token("int-k3x9m2q7wz1a", "us-east-1b", 1)).isNotEqualTo(token);
        assertThat(tokens.token("int-k3x9m2q7wz1a", "us-east-1a", 2)).isNotEqualTo(token);
    }

    @Test
    void any_zone_makes_a_token_that_clouds_take() {
        assertThat(tokens.token("int-k3x9m2q7wz1a", "华东 1 可用区 K".repeat(9), 1_000))
                .matches("[A-Za-z0-9-]{1,64}");
    }
}
