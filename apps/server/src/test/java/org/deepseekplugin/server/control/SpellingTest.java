package org.deepseekplugin.server.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SpellingTest {
    @Test
    void names_become_snake_case_at_every_depth() {
        assertThat(Spelling.canonical(tree("{\"a-b\": [{\"c-d\": {\"e_f\": \"g-h\"}}]}")))
                .isEqualTo(tree("{\"a_b\": [{\"c_d\": {\"e_f\": \"g-h\"}}]}"));
    }

    @Test
    void an_engines_own_options_are_left_alone() {
        var body = tree("{\"engine\": {\"options\": {\"n-gpu-layers\": 3}}}");
        assertThat(Spelling.canonical(body)).isEqualTo(body);
    }

    @Test
    void a_name_in_both_spellings_is_refused() {
        assertThatThrownBy(() -> Spelling.canonical(tree("{\"a-b\": 1, \"a_b\": 2}")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("\"a-b\"")
                .hasMessageContaining("\"a_b\"");
    }

    private static JsonNode tree(String json) {
        return Json.tree(json.getBytes(UTF_8));
    }
}
