package org.deepseekplugin.orchestrator.services;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Transaction;

/// What may happen to services in our books; each method is one step, to be called within one
/// transaction.
final class ServiceBook {
    private final Ground ground;
    private final ServiceStore store;
    private final ReplicaStore replicas;
    private final IdempotencyKeys keys;

    ServiceBook(Ground ground, ServiceStore store, ReplicaStore replicas, IdempotencyKeys keys) {
        this.ground = ground;
        this.store = store;
        this.replicas = replicas;
        this.keys = keys;
    }

    /// @param model its own name, not an alias
    Service deploy(Transaction transaction, String project, ServiceSpec spec, String model) {
        return store.named(transaction, project, spec.name())
                .map(existing -> change(transaction, existing, spec, model))
                .orElseGet(() -> {
                    var id = ground.surroundings().newId("svc");
                    return create(transaction, id, project, Service.Kind.SERVICE, spec, model);
                });
    }

    /// @param id of the resource, if it is made
    Service allocate(
            Transaction transaction,
            String project,
            String id,
            ServiceSpec spec,
            String model,
            Optional<Idempotency> idempotency) {
        var earlier = idempotency.flatMap(key -> keys.madeBy(transaction, project, key));
        if (earlier.isPresent()) {
            return store.find(transaction, earlier.get())
                    .orElseThrow(() -> alreadyReleased(earlier.get()));
        }
        store.named(transaction, project, spec.name()).ifPresent(ServiceBook::refuseTaken);
        idempotency.ifPresent(key -> keys.remember(transaction, project, key, id));
        return create(transaction, id, project, Service.Kind.RESOURCE, spec, model);
    }

    Service delete(Transaction transaction, String project, String nameOrId) {
        var found =
                find(transaction, project, nameOrId)
                        .orElseThrow(() -> notFound(transaction, project, nameOrId));
        if (!found.deleting()) {
            store.markDeleting(transaction, found.id());
            event(transaction, found, "service.deleting", found.name());
        }
        return store.find(transaction, found.id()).orElseThrow();
    }

    Optional<Service> find(Transaction transaction, String project, String nameOrId) {
        return store.named(transaction, project, nameOrId)
                .or(() ->
                        store.find(transaction, nameOrId)
                                .filter(service -> service.project().equals(project)));
    }

    private Service create(
            Transaction transaction,
            String id,
            String project,
            Service.Kind kind,
            ServiceSpec spec,
            String model) {
        var now = ground.now();
        var service =
                new Service(
                        id, project, spec.name(), kind, spec, model, 1, false, now, now, List.of());
        store.insert(transaction, service);
        event(
                transaction,
                service,
                "service.created",
                "%s serves %s".formatted(spec.name(), model));
        return service;
    }

    private Service change(
            Transaction transaction, Service existing, ServiceSpec spec, String model) {
        if (existing.kind() == Service.Kind.RESOURCE) {
            refuseTaken(existing);
        }
        if (existing.deleting()) {
            throw conflict(
                    "Service \"%s\" is being deleted; deploy it when `deepseek services` no longer shows it."
                            .formatted(existing.name()));
        }
        if (!existing.spec().equals(spec)) {
            store.change(transaction, existing.id(), spec, model);
            event(transaction, existing, "service.changed", existing.name());
        }
        if (!existing.model().equals(model) || !options(existing.spec()).equals(options(spec))) {
            replicas.restart(transaction, existing.id(), "starts " + model);
        }
        return store.find(transaction, existing.id()).orElseThrow();
    }

    private static Map<String, String> options(ServiceSpec spec) {
        return spec.engine().options();
    }

    private void event(Transaction transaction, Service service, String kind, String what) {
        ground.events().append(transaction, service.project(), kind, service.id(), what);
    }

    private PlatformException notFound(Transaction transaction, String project, String nameOrId) {
        var names = store.names(transaction, project);
        return new PlatformException(
                ErrorCode.NOT_FOUND,
                "There is no service \"%s\".%s".formatted(nameOrId, Nearest.hint(nameOrId, names)));
    }

    private static void refuseTaken(Service existing) {
        boolean resource = existing.kind() == Service.Kind.RESOURCE;
        throw conflict(
                "The name \"%s\" is taken by %s; choose another name, or %s and wait until it is gone."
                        .formatted(
                                existing.name(),
                                resource ? "the resource " + existing.id() : "a service",
                                resource ? "release it" : "delete it"));
    }

    private static PlatformException alreadyReleased(String id) {
        return conflict(
                "The resource %s of this Idempotency-Key was released since; use a new key."
                        .formatted(id));
    }

    private static PlatformException conflict(String sentence) {
        return new PlatformException(ErrorCode.CONFLICT, sentence);
    }
}
