package org.deepseekplugin.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.Test;

final class LlamaLauncherTest {
    private static final EngineFolder FOLDER =
            new EngineFolder(Path.of("/home/engines/chat-0"), Path.of("/home/usage/current.jsonl"));

    private final LlamaLauncher launcher =
            new LlamaLauncher(List.of("bin/engine"), Path.of("/natives"));

    @Test
    void an_engine_gets_its_weights_its_files_and_its_options_and_ends_with_the_agent() {
        var command = launcher.command(spec(Map.of("slots", "4")), weights("a.gguf"), FOLDER);

        assertThat(command.argv().getFirst()).isEqualTo("bin/engine");
        assertThat(String.join(" ", command.argv()))
                .contains(
                        "--engine llama",
                        "--weights a.gguf",
                        "--natives /natives",
                        "--model SmolLM2",
                        "--replica chat-0",
                        "--listen 127.0.0.1:0",
                        "--usage-log /home/usage/current.jsonl",
                        "--port-file /home/engines/chat-0/port",
                        "--watch-stdin",
                        "--slots 4");
        assertThat(command.probes().drain()).isEqualTo("/engine/drain");
    }

    @Test
    void an_option_that_the_engine_lacks_is_named_with_the_nearest() {
        assertThatThrownBy(() ->
                        launcher.command(spec(Map.of("slot", "4")), weights("a.gguf"), FOLDER))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("no option \"slot\"")
                .hasMessageContaining("slots");
    }

    private static List<Path> weights(String name) {
        return List.of(Path.of(name));
    }

    private static EngineSpec spec(Map<String, String> options) {
        return new EngineSpec("chat-0", "llama", "SmolLM2", List.of(), options, Unknown.NONE);
    }
}
