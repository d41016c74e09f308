package org.deepseekplugin.orchestrator.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.Wire;

/// The table of nodes.
final class NodeStore {
    private final InstantSource clock;

    NodeStore(InstantSource clock) {
        this.clock = clock;
    }

    void insert(
            Transaction transaction,
            String id,
            String project,
            String instance,
            String keyHash,
            String bootId,
            Fingerprint fingerprint) {
        transaction.execute(
                """
                insert into node (id, project, instance, key_hash, boot_id, fingerprint, state,
                  joined_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                project,
                instance,
                keyHash,
                bootId,
                Json.write(Wire.encode(fingerprint)),
                Node.State.JOINED,
                clock.instant(),
                clock.instant());
    }

    Optional<Node> find(Transaction transaction, String id) {
        return transaction.first("select * from node where id = ?", NodeStore::node, id);
    }

    Optional<Node> ofInstance(Transaction transaction, String instance) {
        return transaction.first(
                "select * from node where instance = ?", NodeStore::node, instance);
    }

    Optional<String> keyHash(Transaction transaction, String id) {
        return transaction.first(
                "select key_hash from node where id = ?", row -> row.text("key_hash"), id);
    }

    Optional<String> bootId(Transaction transaction, String id) {
        return transaction.first(
                "select boot_id from node where id = ?", row -> row.text("boot_id"), id);
    }

    List<Node> present(Transaction transaction) {
        return transaction.list(
                "select * from node where state <> 'GONE' order by joined_at, id", NodeStore::node);
    }

    List<Node> present(Transaction transaction, String project) {
        return transaction.list(
                "select * from node where state <> 'GONE' and project = ? order by joined_at, id",
                NodeStore::node,
                project);
    }

    /// Whether the node's machine is not ours any more.
    boolean machineIsGone(Transaction transaction, String id) {
        return transaction
                .first(
                        """
                        select 1 as one from node join instance on instance.id = node.instance
                        where node.id = ? and instance.state in ('RETURNED', 'LOST')
                        """,
                        row -> true,
                        id)
                .isPresent();
    }

    void move(Transaction transaction, String id, Node.State state) {
        transaction.execute(
                "update node set state = ?, updated_at = ? where id = ?",
                state,
                clock.instant(),
                id);
    }

    void describe(Transaction transaction, String id, String bootId, Fingerprint fingerprint) {
        transaction.execute(
                "update node set boot_id = ?, fingerprint = ?, updated_at = ? where id = ?",
                bootId,
                Json.write(Wire.encode(fingerprint)),
                clock.instant(),
                id);
    }

    void prune(Transaction transaction, Instant before) {
        transaction.execute("delete from node where state = 'GONE' and updated_at < ?", before);
    }

    private static Node node(Row row) {
        return new Node(
                row.text("id"),
                row.text("project"),
                row.optionalText("instance"),
                row.constant("state", Node.State.class),
                Wire.decode(Fingerprint.class, Json.map(row.text("fingerprint").getBytes(UTF_8))),
                row.instant("joined_at"),
                row.instant("updated_at"),
                Optional.empty());
    }
}
