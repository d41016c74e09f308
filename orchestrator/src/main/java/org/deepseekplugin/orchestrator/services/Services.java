package org.deepseekplugin.orchestrator.services;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.offers.Claims;
import org.deepseekplugin.orchestrator.offers.Offers;
import org.deepseekplugin.orchestrator.offers.Prices;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;

/// Services and resources: what is wanted. Methods write it down and return; loops make it so.
/// Thread-safe; methods block for a commit.
public final class Services {
    private final Database database;
    private final ModelCatalog catalog;
    private final SpecCheck check;
    private final ServiceStore store;
    private final ReplicaStore replicas;
    private final Events events;
    private final Surroundings surroundings;
    private final Endpoints endpoints;
    private final ReconcileLoop serviceLoop;
    private final ReconcileLoop replicaLoop;

    public Services(
            Database database,
            ModelCatalog catalog,
            Claims claims,
            Offers offers,
            Prices prices,
            Refusals refusals,
            Fleet fleet,
            Nodes nodes,
            Events events,
            Surroundings surroundings) {
        this.database = database;
        this.catalog = catalog;
        this.events = events;
        this.surroundings = surroundings;
        check = new SpecCheck(catalog, claims);
        replicas = new ReplicaStore(surroundings.clock());
        store = new ServiceStore(replicas, surroundings.clock());
        endpoints = new Endpoints(database, store, replicas, nodes, surroundings);
        var placer =
                new Placer(
                        database,
                        store,
                        replicas,
                        catalog,
                        check,
                        offers,
                        refusals,
                        fleet,
                        prices,
                        surroundings);
        var replicaReconciler =
                new ReplicaReconciler(
                        database,
                        replicas,
                        placer,
                        fleet,
                        nodes,
                        endpoints,
                        events,
                        surroundings,
                        this::wakeService);
        replicaLoop = new ReconcileLoop("replicas", surroundings, replicaReconciler::reconcile);
        var serviceReconciler =
                new ServiceReconciler(
                        database, store, replicas, events, surroundings, replicaLoop::poke);
        serviceLoop = new ReconcileLoop("services", surroundings, serviceReconciler::reconcile);
        fleet.listen(this::replicaChanged);
        nodes.listen(this::nodeChanged);
    }

    public void start() {
        database.read(store::ids).forEach(serviceLoop::poke);
        database.read(replicas::ids).forEach(replicaLoop::poke);
        endpoints.wake();
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /// Makes the service, or changes the one of that name. Replicas that run stay where they are.
    ///
    /// @throws PlatformException `model_not_found`, `invalid_config` with every problem, or
    ///   `conflict` while a service of that name is being deleted or when it is a resource's
    public Deployed deploy(String project, ServiceSpec spec) {
        var warnings = check.check(spec);
        var model = catalog.resolve(spec.model()).name();
        var service =
                database.write(tx -> {
                    var existing = store.named(tx, project, spec.name());
                    return existing.isEmpty()
                            ? create(tx, project, Service.Kind.SERVICE, spec, model)
                            : change(tx, existing.get(), spec, model);
                });
        wake(service);
        return new Deployed(service, warnings);
    }

    /// Rents one machine of this config and serves the model on it.
    ///
    /// @param name among services and resources; the resource's own id if absent
    /// @param config such as `{"cloud": "aws", "instance_type": "p4d.24xlarge"}`
    /// @param idempotency repeats of the call give the same resource
    /// @throws PlatformException as [#deploy], `idempotency_key_reused`, or `conflict` when the
    ///   name is taken
    public Deployed allocate(
            String project,
            Optional<String> name,
            Map<String, String> config,
            String model,
            Optional<Idempotency> idempotency) {
        var called = name.orElseGet(() -> surroundings.newId("res"));
        var spec = ServiceSpec.simple(called, model, 1, List.of(config));
        var warnings = check.check(spec);
        var canonical = catalog.resolve(model).name();
        var service =
                database.write(tx -> {
                    var earlier = idempotency.flatMap(key -> store.madeBy(tx, project, key));
                    if (earlier.isPresent()) {
                        return store.find(tx, earlier.get())
                                .orElseThrow(() -> alreadyReleased(earlier.get()));
                    }
                    store.named(tx, project, called).ifPresent(Services::refuseTaken);
                    var made = create(tx, project, Service.Kind.RESOURCE, spec, canonical);
                    idempotency.ifPresent(key -> store.remember(tx, project, key, made.id()));
                    return made;
                });
        wake(service);
        return new Deployed(service, warnings);
    }

    /// In the order in which they were made; those being deleted until their machines are gone.
    public List<Service> list(String project) {
        return database.read(tx -> store.list(tx, project));
    }

    /// @param nameOrId of a service or resource
    public Optional<Service> find(String project, String nameOrId) {
        return database.read(tx -> find(tx, project, nameOrId));
    }

    /// Ends a service; it is gone when its machines are.
    ///
    /// @throws PlatformException `not_found`
    public Service delete(String project, String nameOrId) {
        var service =
                database.write(tx -> {
                    var found =
                            find(tx, project, nameOrId)
                                    .orElseThrow(() -> notFound(tx, project, nameOrId));
                    if (!found.deleting()) {
                        store.markDeleting(tx, found.id());
                        events.append(tx, project, "service.deleting", found.id(), found.name());
                    }
                    return store.find(tx, found.id()).orElseThrow();
                });
        wake(service);
        return service;
    }

    /// Gives a resource back.
    ///
    /// @throws PlatformException `not_found`
    public Service release(String project, String id) {
        return delete(project, id);
    }

    public void prune(Transaction transaction) {
        store.prune(transaction);
    }

    private Service create(
            Transaction transaction,
            String project,
            Service.Kind kind,
            ServiceSpec spec,
            String model) {
        var now = surroundings.now();
        var service =
                new Service(
                        surroundings.newId(kind == Service.Kind.SERVICE ? "svc" : "res"),
                        project,
                        spec.name(),
                        kind,
                        spec,
                        model,
                        1,
                        false,
                        now,
                        now,
                        List.of());
        store.insert(transaction, service);
        events.append(
                transaction,
                project,
                "service.created",
                service.id(),
                "%s serves %s".formatted(spec.name(), model));
        return service;
    }

    private Service change(
            Transaction transaction, Service existing, ServiceSpec spec, String model) {
        if (existing.kind() == Service.Kind.RESOURCE) {
            refuseTaken(existing);
        }
        if (existing.deleting()) {
            throw new PlatformException(
                    ErrorCode.CONFLICT,
                    "Service \"%s\" is being deleted; deploy it when `deepseek services` no longer shows it."
                            .formatted(existing.name()));
        }
        if (!existing.spec().equals(spec)) {
            store.change(transaction, existing.id(), spec, model);
            events.append(
                    transaction,
                    existing.project(),
                    "service.changed",
                    existing.id(),
                    existing.name());
        }
        return store.find(transaction, existing.id()).orElseThrow();
    }

    private Optional<Service> find(Transaction transaction, String project, String nameOrId) {
        return store.named(transaction, project, nameOrId)
                .or(() ->
                        store.find(transaction, nameOrId)
                                .filter(service -> service.project().equals(project)));
    }

    private PlatformException notFound(Transaction transaction, String project, String nameOrId) {
        var names = store.list(transaction, project).stream().map(Service::name).toList();
        return new PlatformException(
                ErrorCode.NOT_FOUND,
                "There is no service \"%s\".%s".formatted(nameOrId, Nearest.hint(nameOrId, names)));
    }

    private static void refuseTaken(Service existing) {
        var resource = existing.kind() == Service.Kind.RESOURCE;
        throw new PlatformException(
                ErrorCode.CONFLICT,
                "The name \"%s\" is taken by %s; choose another name, or %s and wait until it is gone."
                        .formatted(
                                existing.name(),
                                resource ? "the resource " + existing.id() : "a service",
                                resource ? "release it" : "delete it"));
    }

    private static PlatformException alreadyReleased(String id) {
        return new PlatformException(
                ErrorCode.CONFLICT,
                "The resource "
                        + id
                        + " of this Idempotency-Key was released since; use a new key.");
    }

    private void wake(Service service) {
        serviceLoop.poke(service.id());
        endpoints.wake();
        service.replicas().forEach(replica -> replicaLoop.poke(replica.id()));
    }

    private void wakeService(String id) {
        serviceLoop.poke(id);
    }

    private void replicaChanged(String replica) {
        replicaLoop.poke(replica);
    }

    private void nodeChanged(String node, Set<String> named) {
        named.forEach(replicaLoop::poke);
        endpoints.wake();
        database.read(tx -> replicas.onNode(tx, node)).forEach(replicaLoop::poke);
    }
}
