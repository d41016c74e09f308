package org.deepseekplugin.server.control;

import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.server.http.Problems.Fault;

/// A request that does not fit the contract; carries everything that is wrong with it.
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    Unfit(List<Fault> faults) {
        super(
                faults.size() == 1
                        ? faults.getFirst().pointer() + ": " + faults.getFirst().message()
                        : "%d things are wrong with this request; see errors."
                                .formatted(faults.size()));
        this.faults = List.copyOf(faults);
    }

    ErrorCode code() {
        return ErrorCode.INVALID_REQUEST;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    List<Fault> faults() {
        return faults;
    }
}
