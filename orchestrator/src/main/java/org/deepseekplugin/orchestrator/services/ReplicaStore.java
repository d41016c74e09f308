package org.deepseekplugin.orchestrator.services;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The table of replicas.
final class ReplicaStore {
    private static final String SELECT =
            """
            select replica.*, m.instance from replica
            left join replica_member m on m.replica = replica.id and m.rank = 0
            """;

    private final InstantSource clock;

    ReplicaStore(InstantSource clock) {
        this.clock = clock;
    }

    void insert(Transaction transaction, String id, Service service, int ordinal) {
        transaction.execute(
                """
                insert into replica (id, project, service, ordinal, state, detail, placement,
                  created_at, updated_at) values (?, ?, ?, ?, ?, '', '', ?, ?)
                """,
                id,
                service.project(),
                service.id(),
                ordinal,
                Replica.State.PENDING,
                clock.instant(),
                clock.instant());
    }

    void delete(Transaction transaction, String id) {
        transaction.execute("delete from replica_member where replica = ?", id);
        transaction.execute("delete from replica where id = ?", id);
    }

    Optional<Replica> find(Transaction transaction, String id) {
        return transaction.first(SELECT + "where replica.id = ?", ReplicaStore::replica, id);
    }

    Optional<Replica> onInstance(Transaction transaction, String instance) {
        return transaction.first(SELECT + "where m.instance = ?", ReplicaStore::replica, instance);
    }

    List<String> onNode(Transaction transaction, String node) {
        return transaction.list(
                """
                select m.replica from replica_member m join node on node.instance = m.instance
                where node.id = ?
                """,
                row -> row.text("replica"),
                node);
    }

    List<Replica> ofService(Transaction transaction, String service) {
        return transaction.list(
                SELECT + "where replica.service = ? order by ordinal",
                ReplicaStore::replica,
                service);
    }

    List<String> ids(Transaction transaction) {
        return transaction.list("select id from replica", row -> row.text("id"));
    }

    void move(Transaction transaction, String id, Replica.State state, String detail) {
        transaction.execute(
                "update replica set state = ?, detail = ?, updated_at = ? where id = ?",
                state,
                detail,
                clock.instant(),
                id);
    }

    void placed(Transaction transaction, String id, String placement) {
        transaction.execute("update replica set placement = ? where id = ?", placement, id);
    }

    private static Replica replica(Row row) {
        return new Replica(
                row.text("id"),
                row.text("project"),
                row.text("service"),
                row.integer("ordinal"),
                row.constant("state", Replica.State.class),
                row.text("detail"),
                row.text("placement"),
                row.optionalText("instance"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
