package org.deepseekplugin.orchestrator.nodes;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.deepseekplugin.orchestrator.reconcile.Parsed;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.Wire;

/// The table of nodes.
final class NodeStore {
    private final InstantSource clock;
    private final Parsed<Fingerprint> fingerprints = new Parsed<>(Node::fingerprint);

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
        return transaction.first("select * from node where id = ?", this::node, id);
    }

    /// @param machine empty if it is none of the clouds'
    record Held(Node node, Optional<Rental.State> machine) {
        boolean isHeld() {
            return machine.map(Rental.State::isHeld).orElse(true);
        }

        boolean isGone() {
            return machine.filter(m -> m == Rental.State.RETURNED || m == Rental.State.LOST)
                    .isPresent();
        }
    }

    /// A node with what our books say of its machine.
    Optional<Held> held(Transaction transaction, String id) {
        return transaction.first(
                """
                select node.*, instance.state as machine from node
                left join instance on instance.id = node.instance where node.id = ?
                """,
                row -> new Held(node(row), row.optionalText("machine").map(Rental.State::valueOf)),
                id);
    }

    Optional<Node> ofInstance(Transaction transaction, String instance) {
        return transaction.first("select * from node where instance = ?", this::node, instance);
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
                "select * from node where state <> 'GONE' order by joined_at, id", this::node);
    }

    List<Node> present(Transaction transaction, String project) {
        return transaction.list(
                "select * from node where state <> 'GONE' and project = ? order by joined_at, id",
                this::node,
                project);
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

    private Node node(Row row) {
        return new Node(
                row.text("id"),
                row.text("project"),
                row.optionalText("instance"),
                row.constant("state", Node.State.class),
                fingerprints.of(row.text("fingerprint")),
                row.instant("joined_at"),
                row.instant("updated_at"),
                Optional.empty());
    }
}
