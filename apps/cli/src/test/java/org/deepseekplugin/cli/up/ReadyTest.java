package org.deepseekplugin.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReadyTest {
    private static final JsonNode SERVER =
            Json.tree(
                    "{\"url\": \"http://127.0.0.1:8000\", \"tls_url\": \"https://127.0.0.1:8443\"}"
                            .getBytes(UTF_8));

    @Test
    void the_commands_can_be_pasted() {
        assertThat(ready(false).demo("sk-1"))
                .contains("--cacert /tmp/it/ca.pem", "export KEY=sk-1", "Bearer $KEY")
                .contains("./deepseek status --data-dir /tmp/it\n", "/tmp/it/logs")
                .endsWith("Ctrl-C, or ./deepseek down --data-dir /tmp/it, ends everything.");
    }

    @Test
    void in_the_background_nobody_is_told_to_press_keys() {
        assertThat(ready(true).demo("sk-1"))
                .doesNotContain("Ctrl-C")
                .endsWith("\n./deepseek down --data-dir /tmp/it   # ends everything.");
    }

    /// `--detach` waits for both.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_begins_and_ends_with_fixed_words(boolean detached) {
        assertThat(ready(detached).plain())
                .startsWith("\n" + Ready.HEADING + "\n")
                .endsWith(Ready.LAST_WORDS);
    }

    private static Ready ready(boolean detached) {
        var folder = Path.of("/tmp/it");
        var launcher = new Launcher("./deepseek", folder);
        return new Ready(SERVER, new DataDir(folder), launcher, detached);
    }
}
