package org.deepseekplugin.engine.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against what Python's jinja2 rendered: see `src/test/python/chat_template_goldens.py`.
final class ChatTemplateTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-05T14:07:09Z"), ZoneOffset.UTC);

    static Stream<Map<String, Object>> goldens() throws IOException {
        try (var file = ChatTemplateTest.class.getResourceAsStream("/chat-template-goldens.json")) {
            return Stream.of(Json.mapper().readValue(file, Map[].class))
                    .map(ChatTemplateTest::asCase);
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("goldens")
    void renders_as_jinja2_does(Map<String, Object> golden) {
        if (golden.get("error") instanceof Object error) {
            var thrown =
                    assertThatThrownBy(() -> render(golden)).isInstanceOf(TemplateException.class);
            if (error instanceof String words) {
                thrown.hasMessage(words);
            }
        } else {
            assertThat(render(golden)).isEqualTo(golden.get("text"));
        }
    }

    @Test
    void names_the_line_that_it_cannot_read() {
        assertThatThrownBy(() -> ChatTemplate.parse("one\ntwo {% if x ? %}", CLOCK))
                .hasMessageContaining("line 2")
                .hasMessageContaining("?");
        assertThatThrownBy(() -> ChatTemplate.parse("\n\n{% include 'x' %}", CLOCK))
                .hasMessageContaining("line 3")
                .hasMessageContaining("include");
    }

    @Test
    void a_loop_cannot_fill_the_heap() {
        var endless = "{% for i in range(90000) %}{{ 'x' * 10000 }}{% endfor %}";

        assertThatThrownBy(() -> ChatTemplate.parse(endless, CLOCK).render(Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("16 MiB");
    }

    @Test
    void what_would_break_the_engine_is_refused() {
        refused("{{ " + "(".repeat(100_000) + " }}", "nested too deeply");
        refused("{{ 99999999999999999999 }}", "too large");
        refused("{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}", "calls itself");
        var doubling =
                "{%% set n = namespace(x=%s) %%}{%% for i in range(60) %%}{%% set n.x = n.x %s n.x %%}{%% endfor %%}";
        refused(doubling.formatted("'x'", "~"), "more than 16 MiB");
        refused(doubling.formatted("'x'", "+"), "more than 16 MiB");
        refused(doubling.formatted("[1]", "+"), "more than 16 MiB");
        refused("{{ ('x' * 10000) * 10000 }}", "more than 16 MiB");
        refused("{{ 'a'.replace('b') }}", "cannot be computed");
        refused("{{ 'x' | round }}", "\"round\", which is not supported");
    }

    private static void refused(String template, String words) {
        assertThatThrownBy(() -> ChatTemplate.parse(template, CLOCK).render(Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(words);
    }

    private static String render(Map<String, Object> golden) {
        return ChatTemplate.parse((String) golden.get("template"), CLOCK).render(variables(golden));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variables(Map<String, Object> golden) {
        return (Map<String, Object>) Values.of(golden.get("variables"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asCase(Map<?, ?> golden) {
        return (Map<String, Object>) golden;
    }
}
