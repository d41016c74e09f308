package org.deepseekplugin.engine.llama;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.engine.llama.batching.Vocabulary;
import org.deepseekplugin.engine.llama.template.ChatTemplate;
import org.deepseekplugin.engine.llama.template.TemplateException;
import org.deepseekplugin.engine.spi.ChatMessage;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Puts prompts into tokens: conversations through the model's own chat template.
final class PromptTokens {
    private final Vocabulary vocabulary;
    private final Optional<ChatTemplate> template;
    private final String beginOfText;
    private final String endOfText;
    private final ControlTexts controls;

    PromptTokens(
            Vocabulary vocabulary,
            Optional<ChatTemplate> template,
            String beginOfText,
            String endOfText,
            List<String> controlTexts) {
        this.vocabulary = vocabulary;
        this.template = template;
        this.beginOfText = beginOfText;
        this.endOfText = endOfText;
        this.controls = new ControlTexts(controlTexts);
    }

    /// @throws PlatformException with the template's words when it refuses the conversation
    int[] of(Prompt prompt) {
        return switch (prompt) {
            case Prompt.Text(var text) -> vocabulary.tokenize(text, false, true);
            case Prompt.Chat(var messages) -> chat(messages);
        };
    }

    private int[] chat(List<ChatMessage> messages) {
        var text = render(messages);
        boolean begin = beginOfText.isEmpty() || !text.startsWith(beginOfText);
        var tokens = new ArrayList<int[]>();
        for (var part : controls.parts(text)) {
            tokens.add(vocabulary.tokenize(part, true, begin && tokens.isEmpty()));
        }
        return tokens.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    private String render(List<ChatMessage> messages) {
        var chat =
                template.orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.MODEL_NOT_CAPABLE,
                                "This model has no chat template that can be used; send a prompt to /v1/completions."));
        var variables =
                Map.<String, Object>of(
                        "messages",
                        messages.stream().map(this::variable).toList(),
                        "add_generation_prompt",
                        true,
                        "bos_token",
                        beginOfText,
                        "eos_token",
                        endOfText);
        try {
            return chat.render(variables);
        } catch (TemplateException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_REQUEST,
                    "The model's chat template refuses these messages: " + e.sentence(),
                    e);
        }
    }

    private Map<String, Object> variable(ChatMessage message) {
        return Map.of("role", message.role(), "content", controls.defuse(message.content()));
    }
}
