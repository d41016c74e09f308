package org.deepseekplugin.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.deepseekplugin.platform.security.Secret;
import org.junit.jupiter.api.Test;

class KeyMakerTest {
    private final KeyMaker maker = maker("server-key");

    @Test
    void the_same_salt_makes_the_same_key() {
        var salt = maker.salt();
        assertThat(maker("server-key").secret(salt).reveal())
                .isEqualTo(maker.secret(salt).reveal())
                .startsWith("sk-");
    }

    @Test
    void another_salt_or_another_server_makes_another_key() {
        var salt = maker.salt();
        assertThat(maker.salt()).isNotEqualTo(salt).hasSize(64);
        assertThat(maker.secret(maker.salt()).reveal()).isNotEqualTo(maker.secret(salt).reveal());
        assertThat(maker("other-key").secret(salt).reveal())
                .isNotEqualTo(maker.secret(salt).reveal());
    }

    private static KeyMaker maker(String serverKey) {
        return new KeyMaker(new Secret(serverKey), new SecureRandom());
    }
}
