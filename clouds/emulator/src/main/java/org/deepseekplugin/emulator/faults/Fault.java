package org.deepseekplugin.emulator.faults;

import org.jspecify.annotations.Nullable;

/// An order for trouble.
///
/// @param action the API action it strikes; `*` for all
/// @param code the cloud's error code, for [FaultMode#ERROR]
/// @param times how many calls it strikes; below 0: all
/// @param match strikes only calls whose parameters contain this text
/// @param n see [FaultMode]; for `ERROR` and `RESET_AFTER`: how many matching calls pass first
public record Fault(String action, String code, int times, FaultMode mode, String match, int n) {

    public Fault {
        if (times == 0) {
            throw new IllegalArgumentException("times is 0; take 1 or more, or below 0 for all");
        }
        if (n < 0 || n > mode.mostN()) {
            throw new IllegalArgumentException(
                    "n is %d; %s takes 0 to %d".formatted(n, mode, mode.mostN()));
        }
    }

    /// Fills what an order leaves out: every action, one call, mode `error`, any parameters.
    public static Fault of(
            @Nullable String action,
            @Nullable String code,
            @Nullable Integer times,
            @Nullable FaultMode mode,
            @Nullable String match,
            @Nullable Integer n) {
        var realMode = mode == null ? FaultMode.ERROR : mode;
        return new Fault(
                action == null ? "*" : action,
                code == null ? "InternalError" : code,
                times == null ? 1 : times,
                realMode,
                match == null ? "" : match,
                n == null ? realMode.defaultN() : n);
    }

    /// Refuses the next call of the action.
    public static Fault error(String action, String code) {
        return of(action, code, null, null, null, null);
    }

    /// Disturbs the next call of the action.
    public static Fault of(String action, FaultMode mode) {
        return of(action, null, null, mode, null, null);
    }

    boolean strikes(String calledAction, String parameters) {
        return (action.equals("*") || action.equals(calledAction)) && parameters.contains(match);
    }

    /// How many matching calls pass before it strikes.
    int passes() {
        return mode == FaultMode.ERROR || mode == FaultMode.RESET_AFTER ? n : 0;
    }
}
