package org.deepseekplugin.cloud.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;

/// Which fault strikes which call: scripted ones first, then chance. Guarded by its cloud.
final class FaultSchedule {
    private final RandomGenerator random;
    private final Map<Action, Deque<Fault>> scripted = new EnumMap<>(Action.class);
    private final Map<Action, Integer> calls = new EnumMap<>(Action.class);
    private FaultRates rates = FaultRates.NONE;

    FaultSchedule(RandomGenerator random) {
        this.random = random;
    }

    void script(Action action, List<Fault> faults) {
        scripted.computeIfAbsent(action, _ -> new ArrayDeque<>()).addAll(faults);
    }

    void rates(FaultRates newRates) {
        rates = newRates;
    }

    int calls(Action action) {
        return calls.getOrDefault(action, 0);
    }

    /// Counts the call.
    Fault draw(Action action) {
        calls.merge(action, 1, Integer::sum);
        var script = scripted.getOrDefault(action, new ArrayDeque<>());
        return script.isEmpty() ? rates.draw(random) : script.remove();
    }
}
