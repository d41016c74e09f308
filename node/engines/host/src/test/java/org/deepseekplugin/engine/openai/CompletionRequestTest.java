package org.deepseekplugin.engine.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.deepseekplugin.engine.spi.ChatMessage;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompletionRequestTest {
    private static final Sampling DEFAULTS =
            new Sampling(0.7, 0.9, 40, 0.05, 0, 0, OptionalLong.empty(), Map.of());

    @Test
    void what_is_left_out_is_the_models_default() {
        var request = chat("");

        assertThat(request.sampling()).isEqualTo(DEFAULTS);
        assertThat(request.maxTokens()).isEqualTo(Integer.MAX_VALUE);
        assertThat(request.stop()).isEmpty();
        assertThat(request.stream()).isFalse();
        assertThat(request.answers()).isEqualTo(Answers.CHAT);
    }

    @Test
    void null_is_as_good_as_left_out() {
        assertThat(
                        chat(
                                ", \"temperature\": null, \"stop\": null, \"stream\": null, \"n\": null, \"logprobs\": null,"
                                        + " \"tools\": null, \"response_format\": null, \"max_tokens\": null, \"seed\": null"))
                .isEqualTo(chat(""));
    }

    @Test
    void sampling_is_read() {
        var request =
                chat(
                        ", \"temperature\": 0, \"top_p\": 0.5, \"top_k\": 3, \"min_p\": 0.1, \"frequency_penalty\": -2,"
                                + " \"presence_penalty\": 2, \"seed\": -7, \"logit_bias\": {\"5\": -100, \"6\": 1.5}");

        assertThat(request.sampling())
                .isEqualTo(
                        new Sampling(
                                0,
                                0.5,
                                3,
                                0.1,
                                -2,
                                2,
                                OptionalLong.of(-7),
                                Map.of(5, -100.0, 6, 1.5)));
    }

    @Test
    void the_newer_bound_goes_before_the_older() {
        assertThat(chat(", \"max_tokens\": 5").maxTokens()).isEqualTo(5);
        assertThat(chat(", \"max_tokens\": 5, \"max_completion_tokens\": 6").maxTokens())
                .isEqualTo(6);
        assertThat(text("{\"prompt\": \"a\"}").maxTokens()).isEqualTo(16);
    }

    @Test
    void content_in_parts_is_put_together() {
        var request =
                read(
                        "{\"messages\": [{\"role\": \"developer\", \"content\": [{\"type\": \"text\", \"text\": \"a\"},"
                                + " {\"type\": \"text\", \"text\": \"b\"}]}, {\"role\": \"user\", \"name\": \"x\", \"content\": \"\"}]}");

        assertThat(request.prompts())
                .containsExactly(
                        new Prompt.Chat(
                                List.of(
                                        new ChatMessage("system", "ab"),
                                        new ChatMessage("user", ""))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"temperature\": 2.1 | temperature",
                "\"temperature\": \"hot\" | temperature",
                "\"temperature\": -0.1 | temperature",
                "\"top_p\": 1.5 | top_p",
                "\"max_tokens\": 0 | max_tokens",
                "\"max_tokens\": 1.5 | max_tokens",
                "\"max_completion_tokens\": -1 | max_completion_tokens",
                "\"max_tokens\": 99999999999999999999 | max_tokens",
                "\"seed\": \"x\" | seed",
                "\"stream\": \"yes\" | stream",
                "\"stop\": [\"a\", \"b\", \"c\", \"d\", \"e\"] | stop",
                "\"stop\": \"\" | stop",
                "\"stop\": [1] | stop",
                "\"logit_bias\": {\"x\": 1} | logit_bias",
                "\"logit_bias\": {\"1\": 101} | logit_bias.1",
                "\"stream_options\": {\"include_usage\": true} | stream_options",
                "\"tempratur\": 1 | tempratur"
            })
    void what_is_wrong_is_named(String field, String parameter) {
        assertThatThrownBy(() -> chat(", " + field))
                .isInstanceOfSatisfying(
                        BadParameter.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                            assertThat(e.parameter()).isEqualTo(parameter);
                            assertThat(e.sentence()).contains("`" + parameter);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\": 2",
                "\"logprobs\": true",
                "\"logprobs\": true, \"top_logprobs\": 3",
                "\"top_logprobs\": 3",
                "\"tools\": [{\"type\": \"function\"}]",
                "\"tool_choice\": \"required\"",
                "\"response_format\": {\"type\": \"json_object\"}",
                "\"modalities\": [\"audio\"]",
                "\"reasoning_effort\": \"high\""
            })
    void what_cannot_be_had_is_refused_with_what_to_do(String field) {
        assertThatThrownBy(() -> chat(", " + field))
                .isInstanceOfSatisfying(
                        BadParameter.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_CAPABLE);
                            assertThat(field).contains("\"" + e.parameter() + "\"");
                            assertThat(e.sentence()).contains(". ");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\": []}",
                "{\"messages\": \"hello\"}",
                "{\"messages\": [null]}",
                "{\"messages\": [7]}",
                "{\"messages\": [{}]}",
                "{\"messages\": [{\"role\": \"user\"}]}",
                "{\"messages\": [{\"role\": \"king\", \"content\": \"x\"}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": 7}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]}",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"x\", \"mood\": \"good\"}]}"
            })
    void messages_must_be_messages(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        BadParameter.class, e -> assertThat(e.parameter()).startsWith("messages"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"logprobs\": 2", "\"echo\": true", "\"suffix\": \"x\"", "\"best_of\": 3"})
    void plain_completions_refuse_what_they_cannot(String field) {
        assertThatThrownBy(() -> text("{\"prompt\": \"a\", " + field + "}"))
                .isInstanceOfSatisfying(
                        BadParameter.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_CAPABLE));
    }

    @Test
    void a_list_of_prompts_has_a_bound() {
        var many = "\"a\",".repeat(128) + "\"a\"";

        assertThatThrownBy(() -> text("{\"prompt\": [" + many + "]}"))
                .hasMessageContaining("`prompt` has 129 texts");
        assertThatThrownBy(() -> text("{\"prompt\": []}")).hasMessageContaining("0 texts");
    }

    private static CompletionRequest chat(String more) {
        return read("{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]" + more + "}");
    }

    private static CompletionRequest read(String body) {
        return CompletionRequest.chat(Json.map(body.getBytes(UTF_8)), DEFAULTS);
    }

    private static CompletionRequest text(String body) {
        return CompletionRequest.text(Json.map(body.getBytes(UTF_8)), DEFAULTS);
    }
}
