package org.deepseekplugin.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.ledger.files.Retention;
import org.deepseekplugin.gateway.ledger.files.Segments;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerTest {
    private static final Duration SETTLE = Duration.ofMinutes(1);

    /// What every prompt is estimated at.
    private static final long PROMPT = 4;

    @TempDir Path dir;

    private final MovableClock clock = new MovableClock();
    private long segmentBytes = 64 * 1024;
    private Retention retention = Retention.DEFAULT;
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger =
                Ledger.open(
                        dir,
                        new LedgerOptions(
                                Duration.ofMillis(20), SETTLE, segmentBytes, 1000, retention),
                        clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_engines_word_settles_an_attempt_however_often_it_comes() {
        ledger.opened(attempt("a", 1));
        ledger.closed(observed("a", End.WHOLE, new Tokens(7, 0, 3), true));
        tell("a", new Tokens(7, 2, 4));
        tell("a", new Tokens(7, 2, 4));

        assertThat(sum().tokens()).isEqualTo(new Tokens(7, 2, 4));
        assertThat(sum().requests()).isEqualTo(1);
        assertThat(usage().pending()).isZero();
    }

    @Test
    void the_engines_word_counts_though_the_client_left_and_whatever_comes_first() {
        ledger.opened(attempt("a", 1));
        tell("a", new Tokens(7, 0, 90));
        ledger.closed(observed("a", End.CLIENT_GONE, new Tokens(0, 0, 5), false));
        clock.advance(SETTLE.multipliedBy(2));

        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 90), Tokens.NONE));
    }

    @Test
    void what_was_counted_is_an_estimate_until_the_engine_tells() {
        ledger.opened(attempt("a", 1));
        ledger.closed(observed("a", End.BROKEN, new Tokens(0, 0, 5), false));
        assertThat(usage().pending()).isEqualTo(1);

        clock.advance(SETTLE);
        assertThat(sum().estimated()).isEqualTo(new Tokens(PROMPT, 0, 5));

        tell("a", new Tokens(7, 0, 6));
        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 6), Tokens.NONE));
    }

    @Test
    void what_the_answer_stated_is_no_estimate() {
        ledger.opened(attempt("a", 1));
        ledger.closed(observed("a", End.WHOLE, new Tokens(7, 0, 3), true));
        clock.advance(SETTLE);

        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 3), Tokens.NONE));
    }

    @Test
    void a_retried_request_counts_once_with_the_tokens_of_all_attempts() {
        ledger.opened(attempt("a", 1));
        ledger.closed(observed("a", End.NOT_REACHED, Tokens.NONE, false));
        ledger.opened(attempt("a-2", 2));
        tell("a-2", new Tokens(7, 0, 3));

        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 3), Tokens.NONE));
        assertThat(usage().pending()).isZero();
    }

    @Test
    void a_record_that_fits_no_attempt_changes_nothing() {
        tell("unknown", new Tokens(7, 0, 3));

        assertThat(usage().totals()).isEmpty();
    }

    @Test
    void everything_is_there_after_a_restart() {
        ledger.opened(attempt("settled", 1));
        tell("settled", new Tokens(7, 0, 3));
        ledger.opened(attempt("assumed", 1));
        ledger.closed(observed("assumed", End.BROKEN, new Tokens(0, 0, 5), false));
        clock.advance(SETTLE);
        ledger.opened(attempt("running", 1));
        var before = usage();

        reopen();
        assertThat(usage()).isEqualTo(before);

        tell("assumed", new Tokens(7, 0, 6));
        tell("running", new Tokens(7, 0, 1));
        assertThat(sum()).isEqualTo(new Totals(3, new Tokens(21, 0, 10), Tokens.NONE));
    }

    @Test
    void an_attempt_that_a_crash_left_open_settles_as_an_estimate_and_never_at_zero() {
        ledger.opened(attempt("a", 1));
        reopen();
        clock.advance(SETTLE);

        assertThat(usage().pending()).isZero();
        var estimate = new Tokens(PROMPT, 0, 0);
        assertThat(sum()).isEqualTo(new Totals(1, estimate, estimate));
    }

    @Test
    void what_had_passed_before_a_crash_is_in_the_estimate() {
        ledger.opened(attempt("a", 1));
        ledger.passed("a", 256);
        ledger.passed("a", 512);
        reopen();
        clock.advance(SETTLE);
        assertThat(sum().estimated()).isEqualTo(new Tokens(PROMPT, 0, 512));

        tell("a", new Tokens(7, 0, 600));
        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 600), Tokens.NONE));
    }

    @Test
    void a_record_that_comes_a_day_after_settling_is_ignored() {
        ledger.opened(attempt("a", 1));
        ledger.opened(attempt("b", 1));
        ledger.closed(observed("a", End.BROKEN, new Tokens(0, 0, 5), false));
        clock.advance(SETTLE);
        var settled = sum();
        ledger.closed(observed("b", End.BROKEN, new Tokens(0, 0, 5), false));
        clock.advance(Duration.ofHours(25));
        assertThat(usage().pending()).isZero();

        tell("a", new Tokens(1000, 0, 1000));

        assertThat(sum().tokens()).isEqualTo(settled.tokens().plus(settled.tokens()));
        reopen();
        assertThat(sum().tokens()).isEqualTo(settled.tokens().plus(settled.tokens()));
    }

    @Test
    void what_was_turned_away_costs_nothing_and_waits_for_nobody() {
        ledger.opened(attempt("a", 1));
        ledger.closed(answered("a", 400));
        ledger.opened(attempt("b", 1));
        ledger.closed(answered("b", 503));

        assertThat(usage().pending()).isZero();
        assertThat(sum().tokens()).isEqualTo(Tokens.NONE);
    }

    @Test
    void an_engine_that_failed_on_the_way_is_estimated_until_it_tells() {
        ledger.opened(attempt("a", 1));
        ledger.closed(answered("a", 500));
        clock.advance(SETTLE);
        assertThat(sum().estimated()).isEqualTo(new Tokens(PROMPT, 0, 0));

        tell("a", new Tokens(7, 0, 3));
        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 3), Tokens.NONE));
    }

    @Test
    void a_node_that_could_not_reach_its_engine_costs_nothing_unless_the_engine_tells_otherwise() {
        ledger.opened(attempt("a", 1));
        ledger.closed(answered("a", 502));
        clock.advance(SETTLE);
        assertThat(sum().tokens()).isEqualTo(Tokens.NONE);

        tell("a", new Tokens(7, 0, 3));
        assertThat(sum()).isEqualTo(new Totals(1, new Tokens(7, 0, 3), Tokens.NONE));
    }

    @Test
    void too_many_that_wait_for_their_engines_are_settled_early() {
        ledger.close();
        ledger = Ledger.open(dir, LedgerOptions.DEFAULT, clock);
        int count = Book.MAX_WAITING + 50;
        for (int i = 0; i < count; i++) {
            assertThat(ledger.opened(attempt("a" + i, 1))).isTrue();
            ledger.closed(observed("a" + i, End.WHOLE, new Tokens(7, 0, 3), true));
            if (i % 10_000 == 0) {
                usage();
            }
        }

        assertThat(usage().pending()).isEqualTo(Book.MAX_WAITING);
        assertThat(sum().tokens()).isEqualTo(new Tokens(7 * 50, 0, 3 * 50));
        tell("a0", new Tokens(8, 0, 4));
        assertThat(sum().tokens()).isEqualTo(new Tokens(7 * 50 + 1, 0, 3 * 50 + 1));
    }

    @Test
    void a_second_process_is_refused_and_told_who_is_there() {
        assertThatThrownBy(() -> Ledger.open(dir, LedgerOptions.DEFAULT, clock))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(dir.toString())
                .hasMessageContaining("process " + ProcessHandle.current().pid());

        ledger.opened(attempt("a", 1));
        assertThat(usage().pending()).isEqualTo(1);
    }

    @Test
    void old_segments_go_and_their_sums_stay() throws IOException {
        ledger.close();
        segmentBytes = 10_000;
        retention = new Retention(Duration.ofDays(30), 30_000);
        open();
        for (int i = 0; i < 25; i++) {
            var records = new HashMap<String, Tokens>();
            for (int k = 0; k < 20; k++) {
                records.put("a" + i + "-" + k, new Tokens(7, 2, 3));
                ledger.opened(attempt("a" + i + "-" + k, 1));
            }
            tell(records);
        }
        var all = new Totals(500, new Tokens(3500, 1000, 1500), Tokens.NONE);
        assertThat(sum()).isEqualTo(all);

        long bytes = 0;
        for (var segment : Segments.all(dir)) {
            bytes += Files.size(segment);
        }
        assertThat(bytes).isLessThan(30_000 + 2 * 15_000);
        assertThat(Segments.all(dir)).hasSizeGreaterThan(2);
        reopen();
        assertThat(sum()).isEqualTo(all);
    }

    @Test
    void an_account_longer_than_a_segment_does_not_begin_one_with_every_flush() throws IOException {
        ledger.close();
        segmentBytes = 1000;
        open();
        for (int i = 0; i < 50; i++) {
            ledger.opened(attemptOf("project-" + i, "a" + i));
            usage();
        }
        var before = Segments.newest(dir);
        for (int i = 0; i < 3; i++) {
            tell("nobody", Tokens.NONE);
        }

        assertThat(Segments.newest(dir)).isEqualTo(before);
    }

    @Test
    void a_torn_tail_costs_only_the_torn_line() throws IOException {
        ledger.opened(attempt("a", 1));
        tell("a", new Tokens(7, 0, 3));
        ledger.opened(attempt("b", 1));
        usage();
        ledger.close();
        var whole = Files.readAllBytes(segment());
        int lastLine = new String(whole).lastIndexOf('\n', whole.length - 2) + 1;

        for (int cut = lastLine; cut < whole.length; cut += 9) {
            Files.write(segment(), java.util.Arrays.copyOf(whole, cut));
            open();
            assertThat(sum().tokens()).as("cut at %s", cut).isEqualTo(new Tokens(7, 0, 3));
            assertThat(usage().pending()).isZero();
            ledger.opened(attempt("c", 1));
            tell("c", new Tokens(1, 0, 1));
            reopen();
            assertThat(sum().tokens()).isEqualTo(new Tokens(8, 0, 4));
            ledger.close();
        }
        open();
    }

    @Test
    void a_damaged_line_in_the_middle_is_skipped() throws IOException {
        ledger.opened(attempt("a", 1));
        tell("a", new Tokens(7, 0, 3));
        ledger.opened(attempt("b", 1));
        tell("b", new Tokens(1, 0, 1));
        ledger.close();
        var text = Files.readString(segment());
        Files.writeString(segment(), text.replaceFirst("\"prompt\":7", "\"prompt\":8"));

        open();

        assertThat(sum().tokens()).isEqualTo(new Tokens(1, 0, 1));
        assertThat(usage().pending()).isEqualTo(1);
    }

    @Test
    void a_full_queue_refuses_requests_but_never_ends() {
        ledger.close();
        ledger =
                Ledger.open(
                        dir,
                        new LedgerOptions(
                                Duration.ofHours(1), SETTLE, 1 << 20, 2, Retention.DEFAULT),
                        clock);
        assertThat(ledger.opened(attempt("a", 1))).isTrue();
        assertThat(ledger.opened(attempt("b", 1))).isTrue();

        assertThat(ledger.opened(attempt("c", 1))).isFalse();
        ledger.closed(observed("a", End.NOT_REACHED, Tokens.NONE, false));

        assertThat(usage().pending()).isEqualTo(1);
        assertThat(ledger.opened(attempt("c", 1))).isTrue();
    }

    /// Random lives of attempts, with restarts and rotation in between, against a plain sum.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void adds_up_whatever_happens(long seed) {
        ledger.close();
        segmentBytes = 20_000;
        open();
        var random = new SplittableRandom(seed);
        Map<String, Tokens> truth = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            var id = "a" + i;
            var tokens = new Tokens(random.nextInt(100), 0, random.nextInt(100));
            ledger.opened(attempt(id, 1));
            truth.put(id, tokens);
            if (random.nextBoolean()) {
                ledger.closed(observed(id, End.WHOLE, new Tokens(1, 0, 1), random.nextBoolean()));
            }
            if (random.nextInt(3) > 0) {
                var _ = ledger.told(List.of(record(id, tokens)));
            }
            clock.advance(Duration.ofSeconds(random.nextInt(30)));
            if (random.nextInt(40) == 0) {
                reopen();
            }
        }
        tell(truth);
        tell(truth);

        var expected = truth.values().stream().reduce(Tokens.NONE, Tokens::plus);
        assertThat(sum()).as("seed %s", seed).isEqualTo(new Totals(200, expected, Tokens.NONE));
        reopen();
        assertThat(sum()).as("seed %s", seed).isEqualTo(new Totals(200, expected, Tokens.NONE));
        assertThat(usage().pending()).isZero();
    }

    @Test
    void a_half_written_new_segment_is_not_taken_for_one() throws IOException {
        ledger.opened(attempt("a", 1));
        tell("a", new Tokens(7, 0, 3));
        ledger.close();
        Files.write(
                dir.resolve("ledger-00000002.log.part"), new byte[10], StandardOpenOption.CREATE);

        open();

        assertThat(sum().tokens()).isEqualTo(new Tokens(7, 0, 3));
    }

    private void reopen() {
        ledger.close();
        open();
    }

    private Path segment() throws IOException {
        return Segments.newest(dir).orElseThrow();
    }

    private void tell(String id, Tokens tokens) {
        tell(Map.of(id, tokens));
    }

    private void tell(Map<String, Tokens> tokens) {
        ledger.told(
                        tokens.entrySet().stream()
                                .map(one -> record(one.getKey(), one.getValue()))
                                .toList())
                .join();
    }

    private EngineRecord record(String id, Tokens tokens) {
        return new EngineRecord(id, "r1", tokens, "stop", clock.instant());
    }

    private Usage usage() {
        return ledger.usage().join();
    }

    private Totals sum() {
        return usage().sum();
    }

    private Attempt attempt(String id, int number) {
        return new Attempt(
                id,
                "req",
                number,
                "default",
                "key",
                "gpt-4-turbo",
                "tiny",
                "r1",
                PROMPT,
                clock.instant());
    }

    private Attempt attemptOf(String project, String id) {
        var one = attempt(id, 1);
        return new Attempt(
                id,
                one.request(),
                1,
                project,
                one.keyId(),
                one.asked(),
                one.model(),
                one.replica(),
                PROMPT,
                one.at());
    }

    private Observed answered(String id, int status) {
        return new Observed(id, status, End.WHOLE, Tokens.NONE, false, clock.instant());
    }

    private Observed observed(String id, End end, Tokens tokens, boolean stated) {
        return new Observed(id, 200, end, tokens, stated, clock.instant());
    }
}
