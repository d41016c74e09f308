package org.deepseekplugin.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;

class CellTest {
    @Test
    void a_promised_field_that_is_missing_is_an_error() {
        var answer = Json.tree("{\"id\": null}".getBytes(UTF_8));
        assertThatThrownBy(() -> Cell.text(answer, "id"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("\"id\"")
                .hasMessageContaining("deepseek version");
        assertThat(Cell.optional(answer, "id")).isEqualTo("-");
    }

    @Test
    void durations_are_written_for_people() {
        var event =
                Json.tree(
                        "{\"m\": \"silent for PT15S of PT2M, not PT1H30M or PTX\"}"
                                .getBytes(UTF_8));
        assertThat(Cell.sentence(event, "m"))
                .isEqualTo("silent for 15 s of 2 min, not 90 min or PTX");
    }
}
