package org.deepseekplugin.engine.llama.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.deepseekplugin.engine.spi.Outcome;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.spi.TokenSink;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodeLoopTest {
    private static final Sampling GREEDY =
            new Sampling(0, 1, 0, 0, 0, 0, OptionalLong.empty(), Map.of());
    private static final int NEVER = 1 << 30;

    private FakeModel model = new FakeModel(4, 1000, 256, NEVER);
    private Inbox inbox = new Inbox(4, 100);
    private DecodeLoop loop = new DecodeLoop(model, model, inbox, new Random(1));
    private int submitted;

    @Test
    void says_what_the_model_says() {
        var said = submit("hello", 10);

        runAll();

        assertThat(said.text()).isEqualTo(model.textAfter("hello", 10));
        assertThat(said.outcome()).isEqualTo(new Outcome(Finish.LENGTH, 5, 0, 10));
        assertThat(model.openSamplers).isZero();
    }

    @Test
    void ends_where_the_model_ends_and_counts_that_token() {
        use(new FakeModel(4, 1000, 256, 20), 100);
        var said = submit("hello", 500);

        runAll();

        assertThat(said.text()).isEqualTo(model.textAfter("hello", 500));
        assertThat(said.outcome())
                .isEqualTo(new Outcome(Finish.STOP, 5, 0, said.text().length() + 1));
    }

    @Test
    void ends_at_the_end_of_the_context() {
        use(new FakeModel(1, 30, 256, NEVER), 100);
        var said = submit("x".repeat(20), 500);

        runAll();

        assertThat(said.outcome()).isEqualTo(new Outcome(Finish.LENGTH, 20, 0, 10));
    }

    @Test
    void a_sequence_joins_while_another_is_in_the_middle() {
        var first = submit("first", 50);
        loop.step();
        loop.step();
        var second = submit("second", 5);
        loop.step();

        assertThat(model.steps.getLast()).hasSize(1 + "second".length());
        runAll();
        assertThat(first.text()).isEqualTo(model.textAfter("first", 50));
        assertThat(second.text()).isEqualTo(model.textAfter("second", 5));
    }

    @Test
    void a_long_prompt_does_not_hold_up_the_next_token_of_others() {
        submit("short", 200);
        loop.step();
        submit("y".repeat(600), 5);

        loop.step();
        assertThat(model.steps.getLast()).hasSize(1 + DecodeLoop.PROMPT_TOKENS_BESIDE_OTHERS);
    }

    @Test
    void a_long_prompt_alone_takes_whole_steps() {
        submit("y".repeat(600), 1);

        runAll();

        assertThat(model.steps).extracting(List::size).containsExactly(256, 256, 88);
    }

    @Test
    void a_cancelled_sequence_is_gone_in_the_next_step() {
        var said = submit("hello", 500);
        loop.step();
        loop.step();

        assertThat(inbox.cancel("1")).isTrue();
        loop.step();

        assertThat(said.outcome()).isEqualTo(new Outcome(Finish.CANCELLED, 5, 0, 2));
        assertThat(model.steps).hasSize(2);
        assertThat(inbox.cancel("1")).isFalse();
    }

    @Test
    void one_that_waits_can_be_cancelled_and_took_nothing() {
        use(new FakeModel(1, 1000, 256, NEVER), 5);
        submit("running", 500);
        var waiting = submit("waiting", 500);
        loop.step();
        inbox.cancel("2");
        loop.step();

        assertThat(waiting.outcome()).isEqualTo(new Outcome(Finish.CANCELLED, 0, 0, 0));
    }

    @Test
    void a_prompt_that_begins_like_an_earlier_one_is_read_from_there() {
        submit("a long common beginning, one", 3);
        runAll();
        var said = submit("a long common beginning, two", 3);
        runAll();

        assertThat(said.outcome().cachedTokens()).isEqualTo("a long common beginning, ".length());
        assertThat(said.text()).isEqualTo(model.textAfter("a long common beginning, two", 3));
    }

    @Test
    void a_conversation_goes_on_from_its_own_answer() {
        var first = submit("question", 10);
        runAll();
        var history = "question" + first.text() + "more";
        var second = submit(history, 10);
        runAll();

        // the last token of the answer was sampled but never read
        assertThat(second.outcome().cachedTokens()).isEqualTo("question".length() + 9);
        assertThat(second.text()).isEqualTo(model.textAfter(history, 10));
    }

    @Test
    void the_same_prompt_again_reads_its_last_token_only() {
        submit("again and again", 4);
        runAll();
        var said = submit("again and again", 4);
        runAll();

        assertThat(said.outcome().cachedTokens()).isEqualTo("again and again".length() - 1);
        assertThat(said.text()).isEqualTo(model.textAfter("again and again", 4));
    }

    @Test
    void a_long_prefix_is_copied_from_a_slot_that_is_still_busy() {
        var system = "s".repeat(100);
        submit(system + "one", 50);
        loop.step();
        var second = submit(system + "two", 5);
        runAll();

        assertThat(model.copies).isEqualTo(1);
        assertThat(second.outcome().cachedTokens()).isEqualTo(100);
        assertThat(second.text()).isEqualTo(model.textAfter(system + "two", 5));
    }

    @Test
    void an_unrelated_prompt_takes_the_slot_unused_for_longest() {
        for (var prompt : List.of("aaaa", "bbbb", "cccc", "dddd")) {
            submit(prompt, 1);
            runAll();
        }
        submit("eeee", 1);
        runAll();

        assertThat(submit("bbbb!", 1)).isNotNull();
        runAll();
        assertThat(model.steps.getLast()).hasSize(1);
        assertThat(model.steps.get(4).getFirst().slot())
                .isEqualTo(model.steps.get(0).getFirst().slot());
    }

    @Test
    void stop_texts_end_it_and_are_not_shown() {
        var whole = model.textAfter("hello", 40);
        var stop = whole.substring(10, 13);
        var said = new Collected();
        inbox.put(
                new Sequence(
                        "s", model.tokenize("hello", true, true), GREEDY, 40, List.of(stop), said));
        runAll();

        assertThat(said.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(said.outcome().finish()).isEqualTo(Finish.STOP);
        assertThat(said.outcome().completionTokens()).isEqualTo(whole.indexOf(stop) + 3);
    }

    @Test
    void a_full_queue_refuses_and_says_how_full() {
        use(new FakeModel(1, 1000, 256, NEVER), 1);
        submit("running", 5);
        submit("waiting", 5);

        assertThatThrownBy(() -> submit("too many", 5))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED))
                .hasMessageContaining("1 requests are running and 1 are waiting");
        runAll();
        assertThat(submit("room again", 5)).isNotNull();
    }

    @Test
    void a_failed_step_fails_what_ran_and_the_next_request_works() {
        var lost = submit("hello", 10);
        model.fails = true;
        loop.step();
        model.fails = false;
        var said = submit("hello", 10);
        runAll();

        assertThat(lost.outcome().finish()).isEqualTo(Finish.ERROR);
        assertThat(said.text()).isEqualTo(model.textAfter("hello", 10));
        assertThat(said.outcome().cachedTokens()).isZero();
    }

    @Test
    void a_reader_that_fails_ends_its_own_text_only() {
        inbox.put(
                new Sequence(
                        "broken",
                        model.tokenize("broken", true, true),
                        GREEDY,
                        100,
                        List.of(),
                        new BrokenSink()));
        var said = submit("hello", 10);
        runAll();

        assertThat(said.text()).isEqualTo(model.textAfter("hello", 10));
        assertThat(inbox.cancel("broken")).isFalse();
        assertThat(model.openSamplers).isZero();
    }

    @Test
    void closing_cancels_what_runs_and_what_waits() {
        use(new FakeModel(1, 1000, 256, NEVER), 5);
        var running = submit("running", 500);
        var waiting = submit("waiting", 500);
        loop.step();
        loop.cancelAll();

        assertThat(running.outcome().finish()).isEqualTo(Finish.CANCELLED);
        assertThat(waiting.outcome().finish()).isEqualTo(Finish.CANCELLED);
        assertThatThrownBy(() -> submit("late", 5)).hasMessageContaining("shutting down");
    }

    @Test
    void stats_tell_what_runs_waits_and_was_done() {
        use(new FakeModel(2, 100, 256, NEVER), 5);
        submit("aaaaa", 500);
        submit("bbbbb", 500);
        submit("ccccc", 500);
        loop.step();

        var stats = loop.stats();
        assertThat(stats.running()).isEqualTo(2);
        assertThat(stats.waiting()).isEqualTo(1);
        assertThat(stats.slots()).isEqualTo(2);
        assertThat(stats.promptTokens()).isEqualTo(10);
        assertThat(stats.generatedTokens()).isEqualTo(2);
        assertThat(stats.cacheUsage()).isEqualTo(10 / 200.0);
    }

    /// Whatever comes and goes when, each text is the one that its prompt leads to.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void any_schedule_gives_the_same_texts(long seed) {
        var random = new Random(seed);
        use(new FakeModel(1 + random.nextInt(5), 120, 8 + random.nextInt(100), 40), 1000);
        var prompts = new ArrayList<String>();
        var said = new ArrayList<Collected>();
        var cancelled = new ArrayList<Integer>();
        for (int step = 0; step < 2000; step++) {
            if (random.nextInt(6) == 0) {
                var prompt = "p".repeat(random.nextInt(90)) + random.nextInt(5);
                prompts.add(prompt);
                said.add(submit(prompt, 1 + random.nextInt(30)));
            }
            if (random.nextInt(40) == 0 && !said.isEmpty()) {
                int which = random.nextInt(said.size());
                if (inbox.cancel(String.valueOf(which + 1))) {
                    cancelled.add(which);
                }
            }
            loop.step();
        }
        runAll();

        for (int i = 0; i < said.size(); i++) {
            var expected = model.textAfter(prompts.get(i), said.get(i).text().length());
            assertThat(said.get(i).text()).as("seed %d, text %d", seed, i).isEqualTo(expected);
            if (!cancelled.contains(i)) {
                assertThat(said.get(i).outcome().finish()).isNotEqualTo(Finish.CANCELLED);
            }
        }
        assertThat(model.openSamplers).isZero();
        assertThat(said).hasSizeGreaterThan(200);
    }

    private static final class BrokenSink implements TokenSink {
        @Override
        public void text(String text) {
            throw new IllegalStateException("cannot take " + text);
        }

        @Override
        public void ended(Outcome outcome) {
            throw new IllegalStateException("cannot take " + outcome);
        }
    }

    private void use(FakeModel other, int queue) {
        model = other;
        inbox = new Inbox(other.slots(), queue);
        loop = new DecodeLoop(other, other, inbox, new Random(1));
        submitted = 0;
    }

    private Collected submit(String prompt, int maxTokens) {
        var sink = new Collected();
        inbox.put(
                new Sequence(
                        String.valueOf(++submitted),
                        model.tokenize(prompt, true, true),
                        GREEDY,
                        maxTokens,
                        List.of(),
                        sink));
        return sink;
    }

    private void runAll() {
        while (loop.step()) {}
    }
}
