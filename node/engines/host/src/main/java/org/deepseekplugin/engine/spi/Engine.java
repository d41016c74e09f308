package org.deepseekplugin.engine.spi;

import java.util.concurrent.CompletionStage;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineStats;

/// A loaded model that generates text for many requests at once.
///
/// Requests join and leave the running batch at every step. All methods may be called from any
/// thread; [#submit] may take milliseconds (it renders and tokenizes the prompt), so not from an
/// event loop.
public interface Engine extends AutoCloseable {

    /// Queues a generation. Its sink gets text as it is made and exactly one outcome.
    ///
    /// @throws PlatformException when it is refused and nothing will reach the sink:
    ///   `context_length_exceeded`, `invalid_request` (the chat template refuses the conversation),
    ///   `overloaded` (the queue is full), `shutting_down`
    void submit(Generation generation, TokenSink sink);

    /// Ends a generation within one decode step. Its sink gets the outcome `CANCELLED`. An unknown
    /// id is no error: it has ended already.
    ///
    /// @return whether it was there
    boolean cancel(String generation);

    EngineStats stats();

    /// @throws PlatformException `invalid_request` as [#submit] does
    int[] tokenize(Prompt prompt);

    /// What requests get that leave sampling parameters out.
    Sampling defaultSampling();

    /// Prompt and answer of one request together may not be longer than this, in tokens.
    int contextTokens();

    /// Changes when the same seed may give another text: OpenAI's `system_fingerprint`.
    String fingerprint();

    /// Completes, with the reason, when the engine can generate no more: its process should end
    /// then. Never completes by [#close].
    CompletionStage<Throwable> failure();

    /// Ends what runs with `CANCELLED` and frees the model. Returns when all outcomes are out.
    @Override
    void close();
}
