package org.deepseekplugin.emulator.clouds;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.deepseekplugin.emulator.books.Call;
import org.deepseekplugin.emulator.books.CallBook;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.deepseekplugin.emulator.wire.Delivery;
import org.deepseekplugin.emulator.wire.WireAnswer;

/// What happens to every call of every cloud, whatever its protocol: the fault that strikes it, the
/// work as often as the call is delivered, a line in the book for each time, and how the answer
/// travels. Thread-safe.
public final class Reception {
    private static final Delivery WHOLE = new Delivery.Whole();

    private final FaultBoard faults;
    private final CallBook book;
    private final InstantSource clock;

    /// A call, as far as every protocol has it.
    ///
    /// @param action empty for what cannot be read
    /// @param parameters as text, for faults that match it
    /// @param token the idempotency token that it carries
    public record Visit(
            String cloud, String region, String action, String parameters, Optional<String> token) {

        /// For the books: what no cloud calls an action is none.
        private String bookedAction() {
            return action.matches("[A-Za-z]{1,64}") ? action : "unreadable";
        }
    }

    /// @param result `ok` or the error code
    public record Outcome(WireAnswer answer, String result) {}

    public Reception(FaultBoard faults, CallBook book, InstantSource clock) {
        this.faults = faults;
        this.book = book;
        this.clock = clock;
    }

    /// @param refusal words the error code that a fault orders
    /// @param work does the work; its argument is how many machines a launch gets at most
    public WireAnswer serve(
            Visit visit, Function<String, Outcome> refusal, IntFunction<Outcome> work) {
        var fault = faults.take(visit.action(), visit.parameters());
        if (fault.isPresent() && fault.get().mode() == FaultMode.ERROR) {
            return turnAway(visit, refusal.apply(fault.get().code()));
        }
        int limit =
                fault.filter(one -> one.mode() == FaultMode.PARTIAL)
                        .map(Fault::n)
                        .orElse(Integer.MAX_VALUE);
        int times = fault.filter(one -> one.mode() == FaultMode.DUPLICATE).map(Fault::n).orElse(1);
        var outcome = booked(visit, work.apply(limit), fault);
        for (int i = 1; i < times; i++) {
            outcome = booked(visit, work.apply(limit), fault);
        }
        return outcome.answer().by(fault.map(Reception::delivery).orElse(WHOLE));
    }

    /// A call that gets no further than the door: unreadable, unsigned, or not let in.
    public WireAnswer turnAway(Visit visit, Outcome outcome) {
        return booked(visit, outcome, Optional.empty()).answer();
    }

    private Outcome booked(Visit visit, Outcome outcome, Optional<Fault> fault) {
        book.add(
                new Call(
                        clock.instant(),
                        visit.cloud(),
                        visit.region(),
                        visit.bookedAction(),
                        visit.token().filter(token -> token.length() <= 64),
                        outcome.result(),
                        fault.map(one -> one.mode().name().toLowerCase(Locale.ROOT))));
        return outcome;
    }

    private static Delivery delivery(Fault fault) {
        return switch (fault.mode()) {
            case ERROR, PARTIAL, DUPLICATE -> WHOLE;
            case RESET_AFTER -> new Delivery.Lost();
            case HANG_AFTER -> new Delivery.Hanging(Duration.ofSeconds(fault.n()));
            case TRUNCATE_AFTER -> new Delivery.Torn(fault.n());
            case DELAY -> new Delivery.Late(Duration.ofSeconds(fault.n()));
        };
    }
}
