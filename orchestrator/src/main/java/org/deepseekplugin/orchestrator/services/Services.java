package org.deepseekplugin.orchestrator.services;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.offers.Claims;
import org.deepseekplugin.orchestrator.offers.Offers;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Transaction;

/// Services and resources: what is wanted. Methods write it down and return; loops make it so.
/// Thread-safe; methods block for a commit.
public final class Services {
    private final Ground ground;
    private final ModelCatalog catalog;
    private final SpecCheck check;
    private final ServiceStore store;
    private final ReplicaStore replicas;
    private final IdempotencyKeys keys;
    private final ServiceBook book;
    private final Endpoints endpoints;
    private final ReconcileLoop serviceLoop;
    private final ReconcileLoop replicaLoop;

    public Services(
            Ground ground,
            ModelCatalog catalog,
            Claims claims,
            Offers offers,
            Refusals refusals,
            Fleet fleet,
            Nodes nodes) {
        this.ground = ground;
        this.catalog = catalog;
        var surroundings = ground.surroundings();
        check = new SpecCheck(catalog, claims);
        replicas = new ReplicaStore(surroundings.clock());
        store = new ServiceStore(replicas, surroundings.clock());
        keys = new IdempotencyKeys(surroundings.clock());
        book = new ServiceBook(ground, store, replicas, keys);
        endpoints = new Endpoints(ground, store, replicas);
        var placer = new Placer(ground, store, replicas, catalog, check, offers, refusals, fleet);
        var replicaReconciler =
                new ReplicaReconciler(
                        ground,
                        replicas,
                        placer,
                        new DesiredEngines(catalog, surroundings),
                        fleet,
                        nodes,
                        endpoints,
                        this::wakeService);
        replicaLoop = new ReconcileLoop("replicas", surroundings, replicaReconciler::reconcile);
        var serviceReconciler = new ServiceReconciler(ground, store, replicas, replicaLoop::poke);
        serviceLoop = new ReconcileLoop("services", surroundings, serviceReconciler::reconcile);
        fleet.listen(intent -> replicaLoop.poke(intent.replica()));
        nodes.listen(this::nodeChanged);
    }

    public void start() {
        ground.database().read(store::ids).forEach(serviceLoop::poke);
        ground.database().read(replicas::ids).forEach(replicaLoop::poke);
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
        var service = ground.database().write(tx -> book.deploy(tx, project, spec, model));
        wake(service);
        return new Deployed(service, warnings);
    }

    /// Rents one machine of this config and serves the model on it.
    ///
    /// @param name among services and resources; the resource's own id if absent
    /// @param config such as `{"cloud": "aws", "instance_type": "p4d.24xlarge"}`
    /// @param idempotency repeats of the call give the same resource
    /// @throws PlatformException as [#deploy], `idempotency_key_reused`, or `conflict` when the
    ///   name is taken, or the resource of that key was released
    public Deployed allocate(
            String project,
            Optional<String> name,
            Map<String, String> config,
            String model,
            Optional<Idempotency> idempotency) {
        var id = ground.surroundings().newId("res");
        var spec = ServiceSpec.simple(name.orElse(id), model, 1, List.of(config));
        var warnings = check.check(spec);
        var canonical = catalog.resolve(model).name();
        var service =
                ground.database()
                        .write(tx -> book.allocate(tx, project, id, spec, canonical, idempotency));
        wake(service);
        return new Deployed(service, warnings);
    }

    /// In the order in which they were made; those being deleted until their machines are gone.
    public List<Service> list(String project) {
        return ground.database().read(tx -> store.list(tx, project));
    }

    /// @param nameOrId of a service or resource
    public Optional<Service> find(String project, String nameOrId) {
        return ground.database().read(tx -> book.find(tx, project, nameOrId));
    }

    /// Ends a service; it is gone when its machines are.
    ///
    /// @throws PlatformException `not_found`
    public Service delete(String project, String nameOrId) {
        var service = ground.database().write(tx -> book.delete(tx, project, nameOrId));
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
        keys.prune(transaction);
    }

    private void wake(Service service) {
        serviceLoop.poke(service.id());
        endpoints.wake();
        service.replicas().forEach(replica -> replicaLoop.poke(replica.id()));
    }

    private void wakeService(String id) {
        serviceLoop.poke(id);
    }

    private void nodeChanged(String node, Set<String> named) {
        named.forEach(replicaLoop::poke);
        endpoints.wake();
        ground.database().read(tx -> replicas.onNode(tx, node)).forEach(replicaLoop::poke);
    }
}
