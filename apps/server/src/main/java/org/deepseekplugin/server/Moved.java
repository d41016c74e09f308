package org.deepseekplugin.server;

import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells how many machines a change of the agents' address costs: each learnt the address when it
/// was rented, and calls no other.
final class Moved {
    private static final Logger log = LoggerFactory.getLogger(Moved.class);
    private static final String PROJECT = "default";
    private static final int MOST = 10_000;

    /// @param before empty at the first start
    static void tell(String before, String now, Orchestrator orchestrator) {
        if (before.isEmpty() || before.equals(now)) {
            return;
        }
        long rented =
                orchestrator.fleet().instances(PROJECT, MOST).stream()
                        .map(Rental::state)
                        .filter(Rental.State::isHeld)
                        .count();
        if (rented > 0) {
            log.warn(sentence(before, now, rented));
        }
    }

    static String sentence(String before, String now, long rented) {
        return "The agents' address is now %s, but %d rented machine%s call%s %s. Unless that leads here too, %s will be given back and rented anew. To keep %s, start with the former address (--agent-port, advertise-url)."
                .formatted(
                        now,
                        rented,
                        rented == 1 ? "" : "s",
                        rented == 1 ? "s" : "",
                        before,
                        rented == 1 ? "it" : "they",
                        rented == 1 ? "it" : "them");
    }

    private Moved() {}
}
