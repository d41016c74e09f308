package org.deepseekplugin.engine.llama;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.deepseekplugin.engine.llama.batching.BatchingEngine;
import org.deepseekplugin.engine.llama.ffm.LlamaModel;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.Generation;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.spi.TokenSink;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineStats;

/// A model on llama.cpp: puts prompts into tokens on the caller's thread, and the rest is the
/// decode thread's.
final class LlamaEngine implements Engine {
    private final LlamaModel model;
    private final BatchingEngine batching;
    private final PromptTokens prompts;
    private final Sampling defaultSampling;
    private final int contextTokens;
    private final String fingerprint;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private boolean closed;

    LlamaEngine(
            LlamaModel model,
            BatchingEngine batching,
            PromptTokens prompts,
            Sampling defaultSampling,
            int contextTokens,
            String fingerprint) {
        this.model = model;
        this.batching = batching;
        this.prompts = prompts;
        this.defaultSampling = defaultSampling;
        this.contextTokens = contextTokens;
        this.fingerprint = fingerprint;
    }

    @Override
    public void submit(Generation generation, TokenSink sink) {
        batching.refuseIfFull();
        refuseUnknownTokens(generation.sampling());
        batching.submit(
                generation.id(),
                tokenize(generation.prompt()),
                generation.sampling(),
                generation.maxTokens(),
                generation.stop(),
                sink);
    }

    @Override
    public boolean cancel(String generation) {
        return batching.cancel(generation);
    }

    @Override
    public EngineStats stats() {
        return batching.stats();
    }

    @Override
    public int[] tokenize(Prompt prompt) {
        inUse.readLock().lock();
        try {
            if (closed) {
                throw new PlatformException(
                        ErrorCode.SHUTTING_DOWN,
                        "The engine is shutting down; try another replica.");
            }
            return prompts.of(prompt);
        } finally {
            inUse.readLock().unlock();
        }
    }

    @Override
    public CompletionStage<Throwable> failure() {
        return batching.failure();
    }

    @Override
    public Sampling defaultSampling() {
        return defaultSampling;
    }

    @Override
    public int contextTokens() {
        return contextTokens;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private void refuseUnknownTokens(Sampling sampling) {
        int size = model.vocabulary().size();
        for (int token : sampling.logitBias().keySet()) {
            if (token >= size) {
                throw new PlatformException(
                        ErrorCode.INVALID_REQUEST,
                        "`logit_bias` names the token %d; this model has tokens 0 to %d."
                                .formatted(token, size - 1));
            }
        }
    }

    /// Waits for those who put prompts into tokens: they read the model's memory.
    @Override
    public void close() {
        batching.close();
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
