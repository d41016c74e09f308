package org.deepseekplugin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
    private static final String[] ENOUGH = {
        "--engine", "llama", "--weights", "w", "--natives", "n", "--model", "m", "--usage-log", "u"
    };

    @Test
    void what_is_left_out_has_its_default() {
        var arguments = Arguments.parse(ENOUGH);

        assertThat(arguments.whole(Option.SLOTS)).isEqualTo(4);
        assertThat(arguments.whole(Option.CONTEXT_TOKENS)).isEqualTo(2048);
        assertThat(arguments.text(Option.LISTEN)).isEqualTo("127.0.0.1:0");
        assertThat(arguments.optional(Option.REPLICA)).isEmpty();
        assertThat(arguments.number(Option.TEMPERATURE)).isEmpty();
        assertThat(arguments.has(Option.WATCH_STDIN)).isFalse();
    }

    @Test
    void what_is_given_is_read() {
        var arguments =
                Arguments.parse(
                        with(
                                "--slots",
                                "8",
                                "--watch-stdin",
                                "--temperature",
                                "0.2",
                                "--replica",
                                "-"));

        assertThat(arguments.whole(Option.SLOTS)).isEqualTo(8);
        assertThat(arguments.has(Option.WATCH_STDIN)).isTrue();
        assertThat(arguments.number(Option.TEMPERATURE)).hasValue(0.2);
        assertThat(arguments.text(Option.REPLICA)).isEqualTo("-");
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThatThrownBy(() ->
                        Arguments.parse(
                                "--engin", "--slots", "1", "--slots", "2", "--model", "m",
                                "--queue"))
                .hasMessageContaining("\"--engin\" is no option. Did you mean \"--engine\"?")
                .hasMessageContaining("--slots is given twice")
                .hasMessageContaining("--queue has no value")
                .hasMessageContaining("--weights is missing")
                .hasMessageNotContaining("--model is missing");
    }

    @Test
    void what_is_no_number_is_named() {
        assertThatThrownBy(() -> Arguments.parse(with("--slots", "4x")).whole(Option.SLOTS))
                .hasMessage("--slots is \"4x\"; it must be a whole number.");
        assertThatThrownBy(() ->
                        Arguments.parse(with("--temperature", "warm")).number(Option.TEMPERATURE))
                .hasMessage("--temperature is \"warm\"; it must be a number.");
    }

    @Test
    void the_usage_names_every_option() {
        assertThat(Option.usage()).contains(Option.signs());
    }

    private static String[] with(String... more) {
        return Stream.concat(Arrays.stream(ENOUGH), Arrays.stream(more)).toArray(String[]::new);
    }
}
