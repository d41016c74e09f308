package org.deepseekplugin.engine.llama.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepseekplugin.engine.llama.TestTools;
import org.deepseekplugin.engine.llama.ffm.LlamaLibrary;
import org.deepseekplugin.engine.llama.ffm.LlamaModel;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Templates and conversations that nobody wrote down, rendered by jinja2 beside ours.
final class JinjaIT {
    private static final String[] CONTENTS = {
        "",
        " ",
        "hello",
        "a\nb\n",
        "  padded  ",
        "<|im_end|>",
        "it's \"quoted\" \\n",
        "世界 🙂",
        "{{ 7 * 7 }}",
        "{% if %}"
    };

    private Process jinja;
    private PrintWriter in;
    private BufferedReader out;

    @BeforeEach
    void start() throws IOException {
        jinja =
                new ProcessBuilder(
                                TestTools.python().toString(),
                                Path.of("src/test/python/chat_template_goldens.py").toString(),
                                "--render")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        in = new PrintWriter(jinja.outputWriter(UTF_8), true);
        out = new BufferedReader(new InputStreamReader(jinja.getInputStream(), UTF_8));
    }

    @AfterEach
    void stop() {
        jinja.destroy();
    }

    @Test
    void the_models_own_template_on_random_conversations() throws IOException {
        try (var model =
                new LlamaModel(new LlamaLibrary(TestTools.natives()), TestTools.weights())) {
            var template = model.chatTemplate().orElseThrow();
            for (int seed = 0; seed < 100; seed++) {
                compare("seed " + seed, template, variables(new Random(seed)));
            }
        }
    }

    /// Pieces of the language put together at random: what jinja2 makes of it, we make.
    @Test
    void random_templates() throws IOException {
        int texts = 0;
        for (int seed = 0; seed < 1500; seed++) {
            var random = new Random(seed);
            texts += compare("seed " + seed, RandomTemplate.of(random), variables(random)) ? 1 : 0;
        }
        assertThat(texts).isGreaterThan(300);
    }

    /// Where jinja2 finds an error we may be more generous.
    ///
    /// @return whether it is a text
    private boolean compare(String what, String template, Map<String, Object> variables)
            throws IOException {
        in.println(Json.write(Map.of("template", template, "variables", variables)));
        var text = Json.map(out.readLine().getBytes(UTF_8)).get("text");
        if (text != null) {
            assertThat(ours(template, variables)).as("%s: %s", what, template).isEqualTo(text);
        }
        return text != null;
    }

    private static String ours(String template, Map<String, Object> variables) {
        try {
            return ChatTemplate.parse(template, Clock.systemUTC()).render(variables);
        } catch (TemplateException e) {
            return "refused: " + e.sentence();
        }
    }

    private static Map<String, Object> variables(Random random) {
        var messages = new ArrayList<Map<String, Object>>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            messages.add(
                    Map.of(
                            "role",
                            List.of("system", "user", "assistant").get(random.nextInt(3)),
                            "content",
                            CONTENTS[random.nextInt(CONTENTS.length)]));
        }
        var variables = new HashMap<String, Object>();
        variables.put("messages", messages);
        variables.put("add_generation_prompt", random.nextBoolean());
        variables.put("bos_token", "<s>");
        variables.put("eos_token", "</s>");
        return variables;
    }
}
