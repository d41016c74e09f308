package org.deepseekplugin.orchestrator.simulation;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.testkit.LaunchBook;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.services.Service;

/// Compares a server with what its client wanted and with the cloud's own book.
final class Verdict {
    private static final int SOME_LAUNCHES = 80;

    private final List<String> complaints = new ArrayList<>();

    /// What the book alone shows, whether or not a server runs.
    Verdict(LaunchBook book) {
        if (!book.doubled().isEmpty()) {
            complaints.add("doubled: intents had too many machines at once: " + book.doubled());
        }
        if (book.launches().size() > SOME_LAUNCHES) {
            complaints.add(book.launches().size() + " launches");
        }
    }

    List<String> complaints() {
        return complaints;
    }

    void compare(Orchestrator server, Map<String, Integer> wanted, LaunchBook book) {
        var services = server.services().list(Client.PROJECT);
        services(services, wanted);
        machines(services, book);
        int ready = server.endpoints().snapshot().ready().size();
        int all = wanted.values().stream().mapToInt(i -> i).sum();
        if (ready != all) {
            complaints.add("missing: " + ready + " endpoints, " + all + " wanted");
        }
    }

    private void services(List<Service> services, Map<String, Integer> wanted) {
        var ready = new TreeMap<String, Integer>();
        services.forEach(service -> ready.put(service.name(), service.readyReplicas()));
        if (!ready.equals(wanted)) {
            complaints.add("missing: ready replicas " + ready + ", wanted " + wanted);
        }
        for (var service : services) {
            if (service.replicas().size() != service.readyReplicas()) {
                complaints.add("replicas " + service.replicas());
            }
        }
    }

    /// Exactly one live machine for each replica, and no other.
    private void machines(List<Service> services, LaunchBook book) {
        var wanted =
                services.stream()
                        .flatMap(s -> s.replicas().stream())
                        .map(r -> r.instance().orElse("none for " + r.id()))
                        .sorted()
                        .toList();
        var live = book.live().stream().map(m -> m.id().toString()).sorted().toList();
        if (!live.equals(wanted)) {
            complaints.add("leaked or missing: live machines " + live + ", wanted " + wanted);
        }
        book.live().stream()
                .collect(groupingBy(m -> String.valueOf(m.tags().get("deepseek-replica"))))
                .forEach((replica, machines) -> {
                    if (machines.size() > 1) {
                        complaints.add(
                                "doubled: %s has %s"
                                        .formatted(
                                                replica,
                                                machines.stream().map(Instance::id).toList()));
                    }
                });
    }
}
