package org.deepseekplugin.engine.llama;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Keeps a message that spells out a control token, such as `<|im_end|>`, from acting as one: it
/// could end its turn and speak as somebody else.
///
/// Such a text is cut by a mark after its first character before the template sees it. Where the
/// rendered text has marks it is tokenized in parts, so that the whole never meets the tokenizer.
final class ControlTexts {
    /// A Unicode noncharacter, which no text for interchange may have.
    private static final char MARK = '\uFDD0';

    private final Pattern pattern;

    ControlTexts(List<String> texts) {
        pattern =
                Pattern.compile(
                        texts.stream()
                                .filter(text -> text.length() > 1)
                                .map(text ->
                                        "(?<="
                                                + Pattern.quote(text.substring(0, 1))
                                                + ")"
                                                + "(?="
                                                + Pattern.quote(text.substring(1))
                                                + ")")
                                .collect(Collectors.joining("|", "", "|(?!)")));
    }

    String defuse(String content) {
        var clean = content.replace(String.valueOf(MARK), "");
        return pattern.matcher(clean).replaceAll(String.valueOf(MARK));
    }

    List<String> parts(String rendered) {
        return List.of(rendered.split(String.valueOf(MARK)));
    }
}
