package org.deepseekplugin.cloud.testkit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Instance;

/// The truth of a [SimulatedCloud] at one moment, without lag: the judge of leaks and doubles.
///
/// @param launches every machine ever made, in order
/// @param live the machines that cost money now
/// @param peaks the most machines of each intent that were ever live at once
public record LaunchBook(List<Launch> launches, List<Instance> live, Map<String, Integer> peaks) {
    public LaunchBook {
        launches = List.copyOf(launches);
        live = List.copyOf(live);
        peaks = Map.copyOf(peaks);
    }

    /// Live machines that none of these intents accounts for: somebody pays for nothing.
    public List<Instance> leaked(Collection<String> wantedIntents) {
        var wanted = Set.copyOf(wantedIntents);
        return live.stream()
                .filter(machine -> !wanted.contains(machine.intent().orElse("")))
                .toList();
    }

    /// Intents that had more machines at once than their requests' maximum, with the number.
    public Map<String, Integer> doubled() {
        var doubled = new TreeMap<String, Integer>();
        for (var launch : launches) {
            int peak = peaks.getOrDefault(launch.request().intent(), 0);
            if (peak > launch.request().max()) {
                doubled.put(launch.request().intent(), peak);
            }
        }
        return doubled;
    }

    public List<Instance> liveOf(String intent) {
        return live.stream().filter(m -> m.intent().filter(intent::equals).isPresent()).toList();
    }

    public List<Launch> launchesOf(String intent) {
        return launches.stream().filter(l -> l.request().intent().equals(intent)).toList();
    }

    public List<Launch> launchesWith(String token) {
        return launches.stream().filter(l -> l.request().token().equals(token)).toList();
    }
}
