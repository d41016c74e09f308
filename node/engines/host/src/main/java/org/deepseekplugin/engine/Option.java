package org.deepseekplugin.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What may stand on the engine's command line.
enum Option {
    ENGINE("NAME", "Kind of engine: llama."),
    WEIGHTS("FILE", "The model's file."),
    NATIVES("FOLDER", "Folder of the native libraries."),
    MODEL("NAME", "Its name in answers."),
    USAGE_LOG("FILE", "Where usage records go."),
    REPLICA("NAME", "Its name in usage records; the model's by default.", ""),
    LISTEN(
            "ADDRESS",
            "127.0.0.1:PORT (0: a free one) or the path of a Unix socket.",
            "127.0.0.1:0"),
    PORT_FILE("FILE", "Gets the port when the engine is ready.", ""),
    SLOTS("NUMBER", "Requests decoded at once.", "4"),
    CONTEXT_TOKENS("NUMBER", "For each slot: the longest prompt and answer together.", "2048"),
    THREADS("NUMBER", "0: one less than processors.", "0"),
    QUEUE("NUMBER", "Requests that may wait.", "64"),
    MAX_BODY_BYTES("NUMBER", "Larger requests are refused.", "4194304"),
    CHAT_TEMPLATE("JINJA", "Instead of the one that the weights carry.", ""),
    TEMPERATURE(
            "NUMBER",
            "Of requests that name none, instead of the one that the weights recommend.",
            ""),
    FREQUENCY_PENALTY(
            "NUMBER", "Of requests that name none; keeps small models from repeating.", ""),
    WATCH_STDIN("", "End when standard input does.", "");

    private final String value;
    private final String help;
    private final Optional<String> otherwise;

    Option(String value, String help) {
        this(value, help, Optional.empty());
    }

    Option(String value, String help, String otherwise) {
        this(value, help, Optional.of(otherwise));
    }

    Option(String value, String help, Optional<String> otherwise) {
        this.value = value;
        this.help = help;
        this.otherwise = otherwise;
    }

    static Optional<Option> named(String word) {
        return Arrays.stream(values()).filter(each -> each.sign().equals(word)).findFirst();
    }

    static List<String> signs() {
        return Arrays.stream(values()).map(Option::sign).toList();
    }

    static String usage() {
        var text =
                new StringBuilder(
                        "Serves one model over OpenAI's HTTP interface on this machine.\n");
        for (var option : values()) {
            var initial = option.otherwise.filter(each -> !each.isEmpty());
            text.append(
                    "  %-24s %s%s%s%n"
                            .formatted(
                                    (option.sign() + " " + option.value).strip(),
                                    option.help,
                                    option.isRequired() ? " Required." : "",
                                    initial.map(each -> " Default: " + each + ".").orElse("")));
        }
        return text.toString();
    }

    /// As it stands on the command line: `--usage-log`.
    String sign() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isFlag() {
        return value.isEmpty();
    }

    boolean isRequired() {
        return otherwise.isEmpty();
    }

    /// Empty for one that is absent unless given.
    String otherwise() {
        return otherwise.orElse("");
    }
}
