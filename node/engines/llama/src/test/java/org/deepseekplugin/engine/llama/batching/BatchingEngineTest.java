package org.deepseekplugin.engine.llama.batching;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.spi.TokenSink;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;

final class BatchingEngineTest {
    private static final Sampling GREEDY =
            new Sampling(0, 1, 0, 0, 0, 0, OptionalLong.empty(), Map.of());
    private static final int NEVER = 1 << 30;

    private final FakeModel model = new FakeModel(2, 100, 64, NEVER);

    @Test
    void many_threads_get_their_own_texts() throws InterruptedException {
        try (var engine = engine(100)) {
            var said = new Collected[50];
            var threads = new Thread[said.length];
            for (int i = 0; i < said.length; i++) {
                int which = i;
                said[i] = new Collected();
                threads[i] =
                        Thread.ofPlatform()
                                .start(() -> submit(engine, "text " + which, 20, said[which]));
            }
            for (var thread : threads) {
                thread.join();
            }

            for (int i = 0; i < said.length; i++) {
                assertThat(said[i].outcome().finish()).isEqualTo(Finish.LENGTH);
                assertThat(said[i].text()).isEqualTo(model.textAfter("text " + i, 20));
            }
        }
    }

    @Test
    void too_long_a_prompt_is_refused_before_it_waits() {
        try (var engine = engine(1)) {
            assertThatThrownBy(() -> submit(engine, "x".repeat(100), 1, new Collected()))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED))
                    .hasMessageContaining("The prompt has 100 tokens")
                    .hasMessageContaining("room for 100, the answer included");
        }
    }

    @Test
    void more_than_the_queue_holds_is_refused() {
        var stalled = new Stalled();
        try (var engine = engine(1)) {
            submit(engine, "a", 50, stalled);
            stalled.awaitFirst();
            submit(engine, "b", 50, new Collected());
            submit(engine, "c", 50, new Collected());

            assertThatThrownBy(() -> submit(engine, "d", 50, new Collected()))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
            assertThatThrownBy(engine::refuseIfFull).hasMessageContaining("try again soon");
            stalled.goOn();
        }
    }

    @Test
    void a_decode_thread_that_fails_says_so_and_leaves_nobody_waiting() throws Exception {
        try (var engine = engine(10)) {
            assertThat(engine.failure().toCompletableFuture()).isNotDone();
            model.breaks = true;
            var said = new Collected();
            submit(engine, "hello", 10, said);

            assertThat(engine.failure().toCompletableFuture().get(20, SECONDS))
                    .hasMessage("broken on purpose");
            assertThat(said.outcome().finish()).isEqualTo(Finish.CANCELLED);
            assertThatThrownBy(() -> submit(engine, "late", 10, new Collected()))
                    .hasMessageContaining("shutting down");
        }
    }

    @Test
    void closing_is_no_failure() {
        var engine = engine(10);
        engine.close();

        assertThat(engine.failure().toCompletableFuture()).isNotDone();
    }

    private BatchingEngine engine(int queue) {
        return new BatchingEngine(model, model, queue, new Random(1));
    }

    private void submit(BatchingEngine engine, String prompt, int maxTokens, TokenSink sink) {
        engine.submit(
                prompt, model.tokenize(prompt, true, true), GREEDY, maxTokens, List.of(), sink);
    }
}
