package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MovedTest {

    @Test
    void names_both_addresses_how_many_machines_are_lost_and_the_remedy() {
        assertThat(Moved.sentence("https://127.0.0.1:8444", "https://127.0.0.1:9000", 3))
                .isEqualTo(
                        "The agents' address is now https://127.0.0.1:9000, but 3 rented machines call https://127.0.0.1:8444. Unless that leads here too, they will be given back and rented anew. To keep them, start with the former address (--agent-port, advertise-url).");
        assertThat(Moved.sentence("https://a:1", "https://a:2", 1))
                .contains("1 rented machine calls https://a:1", "it will be given back");
    }
}
