package org.deepseekplugin.engine.llama;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.deepseekplugin.engine.llama.batching.BatchingEngine;
import org.deepseekplugin.engine.llama.ffm.LlamaDecoder;
import org.deepseekplugin.engine.llama.ffm.LlamaLibrary;
import org.deepseekplugin.engine.llama.ffm.LlamaModel;
import org.deepseekplugin.engine.llama.template.ChatTemplate;
import org.deepseekplugin.engine.llama.template.TemplateException;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.EngineFactory;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the llama engine: library, model, context, chat template.
public final class LlamaEngineFactory implements EngineFactory {
    /// What a step reads at most; larger ones are not faster on processors.
    static final int STEP_TOKENS = 512;

    private static final Logger log = LoggerFactory.getLogger(LlamaEngineFactory.class);

    @Override
    public String name() {
        return "llama";
    }

    @Override
    public Engine start(EngineSettings settings) {
        var library = new LlamaLibrary(settings.natives());
        var model = new LlamaModel(library, settings.weights());
        var decoder =
                new LlamaDecoder(
                        library,
                        model,
                        settings.slots(),
                        settings.contextTokens(),
                        Math.min(STEP_TOKENS, settings.slots() * settings.contextTokens()),
                        threads(settings));
        var words = model.vocabulary();
        var prompts =
                new PromptTokens(
                        words,
                        template(settings, model),
                        words.beginOfText(),
                        words.endOfText(),
                        words.controlTexts());
        var batching = new BatchingEngine(decoder, words, settings.queue(), new SecureRandom());
        return new LlamaEngine(
                model,
                batching,
                prompts,
                defaultSampling(model, settings),
                decoder.slotTokens(),
                "llama.cpp-" + library.version());
    }

    private static int threads(EngineSettings settings) {
        return settings.threads() > 0
                ? settings.threads()
                : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    private static Optional<ChatTemplate> template(EngineSettings settings, LlamaModel model) {
        return settings.chatTemplate().isPresent()
                ? settings.chatTemplate().map(LlamaEngineFactory::given)
                : model.chatTemplate().flatMap(LlamaEngineFactory::usable);
    }

    private static ChatTemplate given(String jinja) {
        try {
            return ChatTemplate.parse(jinja, Clock.systemUTC());
        } catch (TemplateException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG, "--chat-template cannot be used: " + e.sentence(), e);
        }
    }

    private static Optional<ChatTemplate> usable(String jinja) {
        try {
            return Optional.of(ChatTemplate.parse(jinja, Clock.systemUTC()));
        } catch (TemplateException e) {
            log.atWarn()
                    .addKeyValue("reason", e.sentence())
                    .log("chat template unusable; chat requests will be refused");
            return Optional.empty();
        }
    }

    /// What is set, else what the weights recommend, else what suits most instruction-tuned models.
    private static Sampling defaultSampling(LlamaModel model, EngineSettings settings) {
        var typical = Sampling.TYPICAL;
        return new Sampling(
                settings.temperature()
                        .orElseGet(() ->
                                number(model, "general.sampling.temp", typical.temperature())),
                number(model, "general.sampling.top_p", typical.topP()),
                (int) number(model, "general.sampling.top_k", typical.topK()),
                number(model, "general.sampling.min_p", typical.minP()),
                settings.frequencyPenalty().orElse(typical.frequencyPenalty()),
                typical.presencePenalty(),
                OptionalLong.empty(),
                Map.of());
    }

    private static double number(LlamaModel model, String key, double otherwise) {
        try {
            return model.metadata(key).map(Double::valueOf).orElse(otherwise);
        } catch (NumberFormatException e) {
            log.atWarn().addKeyValue("key", key).setCause(e).log("weights recommend no number");
            return otherwise;
        }
    }
}
