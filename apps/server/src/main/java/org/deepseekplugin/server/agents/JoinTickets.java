package org.deepseekplugin.server.agents;

import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Intent;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Database;

/// Whether a join token is good for the agent bundle: as long as its machine is wanted, also when
/// it has joined before and boots again.
public final class JoinTickets {
    private final Database database;
    private final Fleet fleet;
    private final JoinTokens tokens;

    public JoinTickets(Database database, Fleet fleet, JoinTokens tokens) {
        this.database = database;
        this.fleet = fleet;
        this.tokens = tokens;
    }

    /// Blocks for a read.
    boolean isValid(Secret token) {
        return JoinTokens.intentOf(token)
                .flatMap(id -> database.read(transaction -> fleet.intent(transaction, id)))
                .filter(intent -> intent.state() != Intent.State.CLOSED)
                .filter(intent ->
                        tokens.fits(token, intent.id(), intent.offer().zone(), intent.attempt()))
                .isPresent();
    }
}
