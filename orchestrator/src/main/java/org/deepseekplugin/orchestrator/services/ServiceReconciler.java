package org.deepseekplugin.orchestrator.services;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;

/// Gives a service as many replicas as it wants, and ends it when it wants none any more.
final class ServiceReconciler {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private final Ground ground;
    private final ServiceStore services;
    private final ReplicaStore replicas;
    private final Consumer<String> wakeReplica;

    ServiceReconciler(
            Ground ground,
            ServiceStore services,
            ReplicaStore replicas,
            Consumer<String> wakeReplica) {
        this.ground = ground;
        this.services = services;
        this.replicas = replicas;
        this.wakeReplica = wakeReplica;
    }

    Optional<Duration> reconcile(String id) {
        var service = ground.database().read(tx -> services.find(tx, id));
        if (service.isEmpty()) {
            return Optional.empty();
        }
        boolean settled = isAsWanted(service.get());
        if (!settled) {
            ground.database()
                    .write(tx -> services.find(tx, id).map(s -> step(tx, s)).orElse(List.of()))
                    .forEach(wakeReplica);
        }
        return Optional.of(settled ? SETTLED : LOOK_AGAIN);
    }

    private static int wanted(Service service) {
        return service.deleting() ? 0 : service.spec().replicas().min();
    }

    private static List<Replica> active(Service service) {
        return service.replicas().stream().filter(Replica::isWanted).toList();
    }

    private static boolean isAsWanted(Service service) {
        boolean over = service.deleting() && service.replicas().isEmpty();
        return active(service).size() == wanted(service) && !over;
    }

    /// @return the replicas that changed
    private List<String> step(Transaction transaction, Service service) {
        if (service.deleting() && service.replicas().isEmpty()) {
            services.delete(transaction, service.id());
            var what = service.name() + " is gone, and so are its machines";
            ground.events()
                    .append(transaction, service.project(), "service.deleted", service.id(), what);
            return List.of();
        }
        int surplus = active(service).size() - wanted(service);
        return surplus > 0
                ? retire(transaction, service, surplus)
                : add(transaction, service, -surplus);
    }

    private List<String> add(Transaction transaction, Service service, int count) {
        var taken = service.replicas().stream().map(Replica::ordinal).collect(toSet());
        var added = new ArrayList<String>();
        IntStream.iterate(0, i -> i + 1)
                .filter(ordinal -> !taken.contains(ordinal))
                .limit(count)
                .forEach(ordinal -> {
                    var id = ground.surroundings().newId("rep");
                    replicas.insert(transaction, id, service, ordinal);
                    added.add(id);
                });
        return added;
    }

    /// First those furthest from serving, of equals the youngest.
    private List<String> retire(Transaction transaction, Service service, int count) {
        var retired =
                active(service).stream()
                        .sorted(
                                comparingInt((Replica r) -> r.state().worth())
                                        .thenComparing(Replica::createdAt, reverseOrder())
                                        .thenComparing(Replica::ordinal, reverseOrder()))
                        .limit(count)
                        .map(Replica::id)
                        .toList();
        for (var id : retired) {
            replicas.move(transaction, id, Replica.State.DRAINING, "not wanted any more");
        }
        return retired;
    }
}
