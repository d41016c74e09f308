package org.deepseekplugin.orchestrator.fleet;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Money;
import org.deepseekplugin.platform.store.Row;
import org.deepseekplugin.platform.store.Transaction;

/// The tables of rented machines and of the replicas they are for.
final class RentalStore {
    private static final String SELECT =
            "select instance.*, intent.replica from instance join intent on intent.id = instance.intent ";

    private final InstantSource clock;

    RentalStore(InstantSource clock) {
        this.clock = clock;
    }

    void insert(Transaction transaction, Intent intent, Instance machine, Rental.State state) {
        var id = machine.id();
        transaction.execute(
                """
                insert into instance (id, project, intent, cloud, region, zone, value,
                  instance_type, market, address, state, price, created_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id.toString(),
                intent.project(),
                intent.id(),
                id.cloud(),
                id.region(),
                machine.zone(),
                id.value(),
                machine.instanceType(),
                machine.market(),
                machine.address(),
                state,
                intent.offer().hourlyPrice().map(Money::toString),
                clock.instant(),
                clock.instant());
    }

    /// The machine becomes a member of its replica, or none does any more.
    void seat(Transaction transaction, String replica, int rank, Optional<InstanceId> machine) {
        transaction.execute(
                """
                insert into replica_member (replica, rank, instance) values (?, ?, ?)
                on conflict (replica, rank) do update set instance = excluded.instance
                """,
                replica,
                rank,
                machine.map(InstanceId::toString));
    }

    void unseat(Transaction transaction, InstanceId machine) {
        transaction.execute(
                "update replica_member set instance = null where instance = ?", machine.toString());
    }

    Optional<Rental> find(Transaction transaction, InstanceId id) {
        return transaction.first(
                SELECT + "where instance.id = ?", RentalStore::rental, id.toString());
    }

    List<Rental> ofIntent(Transaction transaction, String intent) {
        return transaction.list(
                SELECT + "where instance.intent = ? order by instance.id",
                RentalStore::rental,
                intent);
    }

    List<Rental> present(Transaction transaction, String cloud) {
        return transaction.list(
                SELECT
                        + "where instance.cloud = ? and instance.state in ('BOOTING', 'JOINED', 'RELEASING')",
                RentalStore::rental,
                cloud);
    }

    List<Rental> newest(Transaction transaction, String project, int limit) {
        return transaction.list(
                SELECT
                        + "where instance.project = ? order by instance.created_at desc, instance.id limit ?",
                RentalStore::rental,
                project,
                limit);
    }

    void move(Transaction transaction, InstanceId id, Rental.State state) {
        transaction.execute(
                "update instance set state = ?, updated_at = ? where id = ?",
                state,
                clock.instant(),
                id.toString());
    }

    void address(Transaction transaction, InstanceId id, String address) {
        transaction.execute("update instance set address = ? where id = ?", address, id.toString());
    }

    void prune(Transaction transaction, Instant before) {
        transaction.execute(
                """
                delete from instance where state in ('RETURNED', 'LOST') and updated_at < ?
                  and not exists (select 1 from node where node.instance = instance.id)
                  and not exists (select 1 from replica_member m where m.instance = instance.id)
                """,
                before);
    }

    private static Rental rental(Row row) {
        return new Rental(
                new InstanceId(row.text("cloud"), row.text("region"), row.text("value")),
                row.text("project"),
                row.text("intent"),
                row.text("replica"),
                row.text("zone"),
                row.text("instance_type"),
                row.constant("market", Market.class),
                row.optionalText("address"),
                row.constant("state", Rental.State.class),
                row.optionalText("price"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
