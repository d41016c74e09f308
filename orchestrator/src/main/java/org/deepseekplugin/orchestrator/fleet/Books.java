package org.deepseekplugin.orchestrator.fleet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.placement.Refusal;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;

/// What may happen to intents and machines in our books; each method is one step of their states,
/// to be called within one transaction, and does nothing if the step was taken before.
final class Books {
    final IntentStore intents;
    final RentalStore rentals;
    private final Refusals refusals;
    private final Events events;

    Books(Ground ground, Refusals refusals) {
        this.intents = new IntentStore(ground.surroundings().clock());
        this.rentals = new RentalStore(ground.surroundings().clock());
        this.refusals = refusals;
        this.events = ground.events();
    }

    /// The cloud made these machines for the intent: by its answer, or found in its listing.
    void received(Transaction transaction, Intent intent, List<Instance> machines) {
        switch (intent.state()) {
            case ASKING -> {
                intents.move(transaction, intent.id(), Intent.State.HELD);
                refusals.forget(transaction, intent.offer());
                int rank = 0;
                for (var machine : machines) {
                    rentals.insert(transaction, intent, machine, Rental.State.BOOTING);
                    rentals.seat(transaction, intent.replica(), rank++, Optional.of(machine.id()));
                    event(
                            transaction,
                            intent,
                            "machine.rented",
                            machine.id(),
                            "rented for " + intent.replica());
                }
            }
            case WITHDRAWN, RELEASING, CLOSED -> {
                surplus(transaction, intent, machines);
                intents.move(transaction, intent.id(), Intent.State.RELEASING);
                closeIfEmpty(transaction, intent.id());
            }
            case HELD -> surplus(transaction, intent, machines);
        }
    }

    /// Machines that nobody waits for: into the books, to be returned.
    private void surplus(Transaction transaction, Intent intent, List<Instance> machines) {
        for (var machine : machines) {
            if (rentals.find(transaction, machine.id()).isEmpty()) {
                rentals.insert(transaction, intent, machine, Rental.State.RELEASING);
                event(
                        transaction,
                        intent,
                        "machine.surplus",
                        machine.id(),
                        "is not needed and goes back");
            }
        }
    }

    /// Fewer than asked for: all of them go back, and the next offer is tried.
    void fewer(
            Transaction transaction, Intent intent, List<Instance> machines, CloudFailure failure) {
        refusals.remember(transaction, intent.offer(), failure);
        surplus(transaction, intent, machines);
        if (intent.state().isAsking()) {
            intents.move(transaction, intent.id(), Intent.State.RELEASING, sentence(failure));
            closeIfEmpty(transaction, intent.id());
        }
    }

    void refused(Transaction transaction, Intent intent, CloudFailure failure) {
        refusals.remember(transaction, intent.offer(), failure);
        intents.move(transaction, intent.id(), Intent.State.CLOSED, sentence(failure));
        events.append(
                transaction,
                intent.project(),
                "intent.refused",
                intent.id(),
                "%s %s in %s for %s: %s"
                        .formatted(
                                intent.cloud(),
                                intent.offer().instanceType(),
                                intent.offer().zone(),
                                intent.replica(),
                                sentence(failure)));
    }

    /// What another replica was told about the same offer since this intent was made.
    Optional<Refusal> refusedMeanwhile(Transaction transaction, Intent intent) {
        return refusals.against(transaction, intent.offer());
    }

    /// No call was made for it whose answer could matter.
    void neverAsked(Transaction transaction, String id, String why) {
        intents.find(transaction, id)
                .filter(intent -> intent.state().isAsking() && !intent.inDoubt())
                .ifPresent(_ -> intents.move(transaction, id, Intent.State.CLOSED, why));
    }

    /// Nobody wants it any more.
    void release(Transaction transaction, Intent intent, String why) {
        switch (intent.state()) {
            case ASKING -> intents.move(transaction, intent.id(), Intent.State.WITHDRAWN, why);
            case HELD -> {
                intents.move(transaction, intent.id(), Intent.State.RELEASING, why);
                for (var rental : rentals.ofIntent(transaction, intent.id())) {
                    if (rental.state().isHeld()) {
                        rentals.move(transaction, rental.id(), Rental.State.RELEASING);
                        rentals.unseat(transaction, rental.id());
                        event(transaction, intent, "machine.releasing", rental.id(), why);
                    }
                }
            }
            case WITHDRAWN, RELEASING, CLOSED -> {}
        }
    }

    /// It was rented, but its agent never came.
    void neverJoined(Transaction transaction, Intent intent, CloudFailure failure) {
        refusals.remember(transaction, intent.offer(), failure);
        release(transaction, intent, failure.message());
    }

    /// Gone without our doing. What is left of its intent goes back: the replica starts anew.
    void lost(Transaction transaction, Intent intent, InstanceId machine, String why) {
        if (!isIn(transaction, machine, Rental.State.BOOTING, Rental.State.JOINED)) {
            return;
        }
        rentals.move(transaction, machine, Rental.State.LOST);
        rentals.unseat(transaction, machine);
        event(transaction, intent, "machine.lost", machine, why);
        release(transaction, intent, why);
        closeIfEmpty(transaction, intent.id());
    }

    void returned(Transaction transaction, Intent intent, InstanceId machine) {
        if (!isIn(transaction, machine, Rental.State.RELEASING)) {
            return;
        }
        rentals.move(transaction, machine, Rental.State.RETURNED);
        event(transaction, intent, "machine.returned", machine, "returned");
        closeIfEmpty(transaction, intent.id());
    }

    /// Nobody knows the answer any more, but there is no machine.
    ///
    /// @param calls that were made when this was found; another may have begun since
    void leftNoTrace(Transaction transaction, Intent intent, int calls) {
        if (intent.inDoubt() && intent.calls() == calls) {
            intents.move(
                    transaction,
                    intent.id(),
                    Intent.State.CLOSED,
                    "the cloud never answered, and lists no machine");
        }
    }

    private boolean isIn(Transaction transaction, InstanceId machine, Rental.State... states) {
        return rentals.find(transaction, machine)
                .filter(rental -> List.of(states).contains(rental.state()))
                .isPresent();
    }

    private void closeIfEmpty(Transaction transaction, String intent) {
        boolean empty =
                rentals.ofIntent(transaction, intent).stream()
                        .noneMatch(r -> r.state().isHeld() || r.state() == Rental.State.RELEASING);
        if (empty
                && intents.find(transaction, intent)
                        .filter(i -> i.state() == Intent.State.RELEASING)
                        .isPresent()) {
            intents.move(transaction, intent, Intent.State.CLOSED);
        }
    }

    static String sentence(CloudFailure failure) {
        return "%s (%s): %s"
                .formatted(
                        failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        failure.code(),
                        failure.message());
    }

    private void event(
            Transaction transaction, Intent intent, String kind, InstanceId machine, String what) {
        events.append(transaction, intent.project(), kind, machine.toString(), what);
    }
}
