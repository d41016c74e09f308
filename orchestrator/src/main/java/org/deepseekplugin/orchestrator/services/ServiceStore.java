package org.deepseekplugin.orchestrator.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.orchestrator.reconcile.Parsed;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The table of services.
final class ServiceStore {
    private final ReplicaStore replicas;
    private final InstantSource clock;
    private final Parsed<ServiceSpec> specs =
            new Parsed<>(text -> Json.read(text.getBytes(UTF_8), ServiceSpec.class));

    ServiceStore(ReplicaStore replicas, InstantSource clock) {
        this.replicas = replicas;
        this.clock = clock;
    }

    void insert(Transaction transaction, Service service) {
        transaction.execute(
                """
                insert into service (id, project, name, kind, spec, model, generation, deleting,
                  created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                """,
                service.id(),
                service.project(),
                service.name(),
                service.kind(),
                Json.write(service.spec()),
                service.model(),
                service.generation(),
                service.createdAt(),
                service.updatedAt());
    }

    void change(Transaction transaction, String id, ServiceSpec spec, String model) {
        transaction.execute(
                """
                update service set spec = ?, model = ?, generation = generation + 1, updated_at = ?
                where id = ?
                """,
                Json.write(spec),
                model,
                clock.instant(),
                id);
    }

    void markDeleting(Transaction transaction, String id) {
        transaction.execute(
                "update service set deleting = 1, updated_at = ? where id = ?",
                clock.instant(),
                id);
    }

    void delete(Transaction transaction, String id) {
        transaction.execute("delete from service where id = ?", id);
    }

    Optional<Service> find(Transaction transaction, String id) {
        return bare(transaction, id).map(service -> withReplicas(transaction, service));
    }

    /// Without its replicas: for what is done once for each of them.
    Optional<Service> bare(Transaction transaction, String id) {
        return transaction.first("select * from service where id = ?", this::service, id);
    }

    Optional<Service> named(Transaction transaction, String project, String name) {
        return transaction
                .first(
                        "select * from service where project = ? and name = ?",
                        this::service,
                        project,
                        name)
                .map(service -> withReplicas(transaction, service));
    }

    List<Service> list(Transaction transaction, String project) {
        return transaction
                .list(
                        "select * from service where project = ? order by created_at, id",
                        this::service,
                        project)
                .stream()
                .map(service -> withReplicas(transaction, service))
                .toList();
    }

    List<String> names(Transaction transaction, String project) {
        return transaction.list(
                "select name from service where project = ?", row -> row.text("name"), project);
    }

    List<String> ids(Transaction transaction) {
        return transaction.list("select id from service", row -> row.text("id"));
    }

    /// What is deployed, in all projects.
    List<EndpointSnapshot.Served> served(Transaction transaction) {
        return transaction.list(
                "select name, project, model from service where deleting = 0 order by id",
                row ->
                        new EndpointSnapshot.Served(
                                row.text("name"), row.text("project"), row.text("model")));
    }

    private Service withReplicas(Transaction transaction, Service bare) {
        return new Service(
                bare.id(),
                bare.project(),
                bare.name(),
                bare.kind(),
                bare.spec(),
                bare.model(),
                bare.generation(),
                bare.deleting(),
                bare.createdAt(),
                bare.updatedAt(),
                replicas.ofService(transaction, bare.id()));
    }

    private Service service(Row row) {
        return new Service(
                row.text("id"),
                row.text("project"),
                row.text("name"),
                row.constant("kind", Service.Kind.class),
                specs.of(row.text("spec")),
                row.text("model"),
                row.number("generation"),
                row.integer("deleting") != 0,
                row.instant("created_at"),
                row.instant("updated_at"),
                List.of());
    }
}
