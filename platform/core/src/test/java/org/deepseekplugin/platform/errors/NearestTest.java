package org.deepseekplugin.platform.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void neighbours_that_changed_places_are_one_slip() {
        assertThat(Nearest.to("amdin", List.of("viewer", "admin"))).contains("admin");
        assertThat(Nearest.to("chta", List.of("chat"))).contains("chat");
    }

    @Test
    void what_is_far_from_all_is_none() {
        assertThat(Nearest.to("king", List.of("viewer", "admin"))).isEmpty();
    }
}
