package org.deepseekplugin.gateway.api.body;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import org.deepseekplugin.gateway.api.body.Peek.Seen;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeekTest {
    private final Peek peek = new Peek(200);

    @Test
    void finds_what_routing_needs_wherever_it_stands() {
        var seen =
                at(
                        "{\"messages\":[{\"model\":\"not me\"}],\"stream\":true,\"max_tokens\":5,\"model\":\"tiny\"}");

        assertThat(seen).isEqualTo(new Seen.Wanted("tiny", true, 5, 20));
    }

    @Test
    void null_means_the_default() {
        assertThat(at("{\"model\":\"tiny\",\"stream\":null,\"max_tokens\":null}"))
                .isEqualTo(new Seen.Wanted("tiny", false, 0, 0));
    }

    @Test
    void the_newer_name_of_the_token_bound_wins() {
        assertThat(at("{\"model\":\"tiny\",\"max_tokens\":5,\"max_completion_tokens\":6}"))
                .isEqualTo(new Seen.Wanted("tiny", false, 6, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"tiny\",\"prompt\":\"12345678\"}",
                "{\"prompt\":\"12345678\",\"model\":\"tiny\"}",
                "{\"model\":\"tiny\",\"prompt\": [\"123456\"]}",
                "{\"model\":\"tiny\",\"messages\":[{\"a\":123}]}",
            })
    void measures_the_prompt(String body) {
        assertThat(at(body)).isEqualTo(new Seen.Wanted("tiny", false, 0, 10 + extra(body)));
    }

    /// The last has an object of 11 characters.
    private static int extra(String body) {
        return body.contains("messages") ? 1 : 0;
    }

    @Test
    void parsers_guess_encodings_differently_so_only_utf8_is_taken() {
        for (var charset : List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"))) {
            var seen = peek.at("{\"model\":\"tiny\"}".getBytes(charset));

            assertThat(seen).isInstanceOf(Seen.Unfit.class);
            assertThat(((Seen.Unfit) seen).refusal().message()).contains("UTF-8");
        }
    }

    @Test
    void malformed_json_is_refused_with_its_place() {
        var refusal = refusal("{\"model\": \"tiny\",\n  \"messages\": [}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(refusal.message()).contains("line 2, column 16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"model\"",
                "42",
                "{",
                "{\"model\"",
                "{\"model\":",
                "{\"model\":\"tiny\"",
                "{\"model\":\"tiny\"}}",
                "{\"model\":\"tiny\"} {}",
                "{\"model\":\"tiny\",}",
                "{'model':'tiny'}",
                "{model:\"tiny\"}",
                "{\"model\":\"tiny\",\"a\":NaN}",
                "{\"model\":\"tiny\",\"a\":01}",
                "{\"model\":\"tiny\",\"a\":tru}",
                "{\"model\":\"tiny\",\"a\":\"\\x\"}",
                "{\"model\":\"tiny\",\"a\":\"line\nbreak\"}",
                "{\"model\":\"tiny\" /* no */}",
                "\uFEFF{\"model\":\"tiny\"",
                "{\"model\":\"tiny\"}\0",
                "\0\0\0\0"
            })
    void what_is_not_one_json_object_is_refused(String body) {
        assertThat(refusal(body).code()).isEqualTo(ErrorCode.INVALID_JSON);
    }

    @Test
    void nesting_has_a_bound() {
        var deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThat(refusal("{\"model\":\"tiny\",\"a\":" + deep + "}").code())
                .isEqualTo(ErrorCode.INVALID_JSON);
        assertThat(at("{\"model\":\"tiny\",\"a\":" + "[".repeat(150) + "]".repeat(150) + "}"))
                .isInstanceOf(Seen.Wanted.class);
    }

    @Test
    void huge_numbers_pass_where_nobody_counts_with_them() {
        assertThat(at("{\"model\":\"tiny\",\"temperature\":1e999}"))
                .isInstanceOf(Seen.Wanted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "0", "-1", "1.5", "99999999999", "\"5\"", "[5]", "true"})
    void a_token_bound_must_be_a_whole_number(String bound) {
        var refusal = refusal("{\"model\":\"tiny\",\"max_tokens\":" + bound + "}");

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(refusal.param()).isEqualTo("max_tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "null", "{}", "[\"tiny\"]", "\"\""})
    void a_model_must_be_named(String model) {
        assertThat(refusal("{\"model\":" + model + "}").param()).isEqualTo("model");
    }

    @Test
    void a_missing_model_is_named_as_missing() {
        assertThat(refusal("{\"messages\":[]}").message()).contains("\"model\" is missing");
    }

    @Test
    void a_field_that_decides_may_stand_there_once() {
        assertThat(refusal("{\"model\":\"cheap\",\"model\":\"dear\"}").message())
                .contains("stands there twice");
        assertThat(refusal("{\"model\":\"cheap\",\"mod\\u0065l\":\"dear\"}").message())
                .contains("stands there twice");
    }

    @Test
    void invalid_utf8_is_refused_with_its_place() {
        var body = "{\"model\":\"tiny\",\n\"a\":\"x\"}".getBytes(UTF_8);
        body[body.length - 3] = (byte) 0xC0;

        var refusal = ((Seen.Unfit) peek.at(body)).refusal();

        assertThat(refusal.message()).contains("UTF-8 at line 2, byte 6");
    }

    private Seen at(String body) {
        return peek.at(body.getBytes(UTF_8));
    }

    private Refusal refusal(String body) {
        return ((Seen.Unfit) at(body)).refusal();
    }
}
