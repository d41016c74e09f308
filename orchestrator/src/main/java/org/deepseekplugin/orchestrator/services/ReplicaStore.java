package org.deepseekplugin.orchestrator.services;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.orchestrator.reconcile.Parsed;
import org.deepseekplugin.orchestrator.services.EndpointSnapshot.ReadyReplica;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.Fingerprint;

/// The table of replicas.
final class ReplicaStore {
    private static final String SELECT =
            """
            select replica.*, m.instance from replica
            left join replica_member m on m.replica = replica.id and m.rank = 0
            """;

    private final InstantSource clock;
    private final Parsed<Fingerprint> fingerprints = new Parsed<>(Node::fingerprint);

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

    /// How many other replicas of the service are in each zone, by `<cloud>/<zone>`.
    Map<String, Integer> peers(Transaction transaction, Replica replica) {
        var peers = new HashMap<String, Integer>();
        transaction.list(
                """
                select intent.cloud, intent.zone, count(*) as peers from replica
                join intent on intent.replica = replica.id and intent.state in ('ASKING', 'HELD')
                where replica.service = ? and replica.id <> ? and replica.state <> 'DRAINING'
                group by intent.cloud, intent.zone
                """,
                row -> peers.put(row.text("cloud") + "/" + row.text("zone"), row.integer("peers")),
                replica.service(),
                replica.id());
        return peers;
    }

    /// Those that answer, with the node's own account of where.
    List<ReadyReplica> ready(Transaction transaction) {
        return transaction.list(
                """
                select replica.id, service.name, service.project, service.model, node.id as node,
                  node.fingerprint
                from replica
                join service on service.id = replica.service and service.deleting = 0
                join replica_member m on m.replica = replica.id and m.rank = 0
                join node on node.instance = m.instance and node.state = 'UP'
                where replica.state = 'READY'
                order by service.id, replica.ordinal
                """,
                this::ready);
    }

    private ReadyReplica ready(Row row) {
        var machine = fingerprints.of(row.text("fingerprint"));
        return new ReadyReplica(
                row.text("id"),
                row.text("name"),
                row.text("project"),
                row.text("model"),
                row.text("node"),
                machine.dataHost(),
                machine.dataPort());
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

    /// Their engines are to be others: until those are ready, none of the service's replicas is.
    void restart(Transaction transaction, String service, String detail) {
        transaction.execute(
                """
                update replica set state = ?, detail = ?, updated_at = ?
                where service = ? and state in ('READY', 'FAILED', 'PULLING')
                """,
                Replica.State.STARTING,
                detail,
                clock.instant(),
                service);
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
