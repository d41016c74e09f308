package org.deepseekplugin.emulator.machines;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A machine at one moment. Immutable.
///
/// @param index its place in the launch, from 0
/// @param history never empty, oldest first
/// @param evictionAt when the spot market will take it, once that is announced
public record Machine(
        Launch launch,
        int index,
        List<Transition> history,
        Map<String, String> tags,
        Optional<Instant> evictionAt) {

    public Machine {
        history = List.copyOf(history);
        tags = Map.copyOf(tags);
    }

    public String id() {
        return placed().id();
    }

    public String address() {
        return placed().address();
    }

    public String cloud() {
        return launch.order().cloud();
    }

    public String region() {
        return launch.order().region();
    }

    public String zone() {
        return launch.zone();
    }

    public String type() {
        return launch.order().type();
    }

    public MachineState state() {
        return last().state();
    }

    public Reason reason() {
        return last().reason();
    }

    public Transition last() {
        return history.getLast();
    }

    /// As the cloud's lists show it if they lag: empty before it is known to them.
    public Optional<Machine> seenAt(Instant then) {
        var known = history.stream().filter(step -> !step.at().isAfter(then)).toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new Machine(launch, index, known, tags, evictionAt));
    }

    Machine entered(Transition step) {
        var steps = Stream.concat(history.stream(), Stream.of(step)).toList();
        return new Machine(launch, index, steps, tags, evictionAt);
    }

    Machine tagged(Map<String, String> newTags) {
        return new Machine(launch, index, history, newTags, evictionAt);
    }

    Machine evictedAt(Instant at) {
        return new Machine(launch, index, history, tags, Optional.of(at));
    }

    private Placed placed() {
        return launch.machines().get(index);
    }
}
