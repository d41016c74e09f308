package org.deepseekplugin.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    private static final PathTemplate LOGS = PathTemplate.of("/api/v1/services/{name}/logs");

    @Test
    void takes_the_values_of_its_parameters() {
        assertThat(LOGS.match("/api/v1/services/chat/logs")).contains(Map.of("name", "chat"));
    }

    @Test
    void decodes_what_was_encoded_and_leaves_plus_alone() {
        assertThat(LOGS.match("/api/v1/services/a%2Fb+c%20d/logs"))
                .contains(Map.of("name", "a/b+c d"));
    }

    @Test
    void leaves_what_cannot_be_decoded_as_it_is() {
        assertThat(LOGS.match("/api/v1/services/50%/logs")).contains(Map.of("name", "50%"));
    }

    @Test
    void another_path_is_no_match() {
        assertThat(LOGS.match("/api/v1/services/chat")).isEmpty();
        assertThat(LOGS.match("/api/v1/services/chat/logs/")).isEmpty();
        assertThat(LOGS.match("/api/v1/services//logs")).isEmpty();
        assertThat(LOGS.match("/api/v1/nodes/chat/logs")).isEmpty();
    }
}
