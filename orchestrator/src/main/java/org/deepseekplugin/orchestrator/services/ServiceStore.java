package org.deepseekplugin.orchestrator.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.orchestrator.reconcile.Parsed;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The tables of services and of idempotency keys.
final class ServiceStore {
    private static final Duration KEY_LIFE = Duration.ofHours(24);

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

    /// The service that an earlier call with the key made; it may be deleted since.
    ///
    /// @throws PlatformException `idempotency_key_reused` when the rest of the request differs
    Optional<String> madeBy(Transaction transaction, String project, Idempotency idempotency) {
        record Earlier(String bodyHash, String service) {}
        var earlier =
                transaction.first(
                        "select body_hash, response from idempotency where project = ? and key = ? and created_at > ?",
                        row -> new Earlier(row.text("body_hash"), row.text("response")),
                        project,
                        idempotency.key(),
                        clock.instant().minus(KEY_LIFE));
        earlier.filter(e -> !e.bodyHash().equals(idempotency.bodyHash()))
                .ifPresent(_ -> {
                    throw new PlatformException(
                            ErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "The Idempotency-Key \"%s\" came before with another request; use a new key for each."
                                    .formatted(idempotency.key()));
                });
        return earlier.map(Earlier::service);
    }

    void remember(
            Transaction transaction, String project, Idempotency idempotency, String service) {
        transaction.execute(
                """
                insert into idempotency (project, key, body_hash, status, response, created_at)
                values (?, ?, ?, 201, ?, ?)
                on conflict (project, key) do update set body_hash = excluded.body_hash,
                  response = excluded.response, created_at = excluded.created_at
                """,
                project,
                idempotency.key(),
                idempotency.bodyHash(),
                service,
                clock.instant());
    }

    void prune(Transaction transaction) {
        transaction.execute(
                "delete from idempotency where created_at < ?", clock.instant().minus(KEY_LIFE));
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
