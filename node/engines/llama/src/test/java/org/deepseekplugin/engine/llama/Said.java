package org.deepseekplugin.engine.llama;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.TokenSink;

/// A sink that keeps the pieces.
final class Said implements TokenSink {
    private final List<String> pieces = new ArrayList<>();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Consumer<Said> afterEach;

    Said() {
        this(said -> {});
    }

    /// @param afterEach called on the decode thread
    Said(Consumer<Said> afterEach) {
        this.afterEach = afterEach;
    }

    @Override
    public void text(String text) {
        synchronized (pieces) {
            pieces.add(text);
        }
        afterEach.accept(this);
    }

    @Override
    public void ended(Outcome its) {
        outcome.complete(its);
    }

    List<String> pieces() {
        synchronized (pieces) {
            return List.copyOf(pieces);
        }
    }

    /// All of it, when it has ended.
    String text() {
        outcome();
        return String.join("", pieces());
    }

    Outcome outcome() {
        return outcome.orTimeout(120, TimeUnit.SECONDS).join();
    }
}
