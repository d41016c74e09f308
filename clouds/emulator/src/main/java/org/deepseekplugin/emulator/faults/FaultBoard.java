package org.deepseekplugin.emulator.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The faults in force, and how far lists lag. Forgotten with the process. Thread-safe.
public final class FaultBoard {
    private final List<Armed> armed = new ArrayList<>();
    private Duration lag = Duration.ZERO;

    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    public synchronized void clear() {
        armed.clear();
    }

    public synchronized List<Fault> inForce() {
        return armed.stream().map(one -> one.fault).toList();
    }

    /// The fault that strikes this call, oldest first. Taking it uses it up by one.
    ///
    /// @param parameters what [Fault#match] is looked for in
    public synchronized Optional<Fault> take(String action, String parameters) {
        for (var one : armed) {
            if (one.fault.strikes(action, parameters)) {
                if (one.passes > 0) {
                    one.passes--;
                    continue;
                }
                use(one);
                return Optional.of(one.fault);
            }
        }
        return Optional.empty();
    }

    public synchronized Duration lag() {
        return lag;
    }

    public synchronized void lag(Duration newLag) {
        lag = newLag;
    }

    private void use(Armed one) {
        one.left--;
        if (one.left == 0) {
            armed.remove(one);
        }
    }

    private static final class Armed {
        private final Fault fault;
        private int left;
        private int passes;

        Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.times();
            this.passes = fault.passes();
        }
    }
}
