package org.deepseekplugin.orchestrator.services;

import java.time.Instant;
import java.util.Optional;

/// One running copy of a service's model, or one that is to run.
///
/// @param ordinal its place among the service's replicas, from 0
/// @param detail a sentence about its state
/// @param placement why it is where it is
/// @param instance its machine, once rented
public record Replica(
        String id,
        String project,
        String service,
        int ordinal,
        State state,
        String detail,
        String placement,
        Optional<String> instance,
        Instant createdAt,
        Instant updatedAt) {

    public enum State {
        /// Waits for an offer.
        PENDING,
        /// Its cloud is being asked for a machine.
        PLACING,
        /// Its machine is rented and has not joined yet.
        BOOTING,
        /// Weights are fetched and verified.
        PULLING,
        /// The engine loads.
        STARTING,
        READY,
        /// Not wanted any more: finishes what runs, then its machine goes back.
        DRAINING,
        /// The engine does not start; the agent tries again.
        FAILED,
        /// Its machine is gone; another is rented.
        LOST;

        boolean hasMachine() {
            return switch (this) {
                case BOOTING, PULLING, STARTING, READY, FAILED -> true;
                case PENDING, PLACING, DRAINING, LOST -> false;
            };
        }

        /// How much would be lost with it: what gives the least goes first.
        int worth() {
            return switch (this) {
                case DRAINING, LOST, PENDING -> 0;
                case FAILED -> 1;
                case PLACING -> 2;
                case BOOTING -> 3;
                case PULLING -> 4;
                case STARTING -> 5;
                case READY -> 6;
            };
        }
    }

    public boolean isWanted() {
        return state != State.DRAINING;
    }
}
