package org.deepseekplugin.orchestrator.fleet;

import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.orchestrator.bootstrap.AgentBootstrap;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;

/// Writes the requests that clouds get: the part that is frozen with an intent, and the whole one
/// for each call, which comes out the same every time.
public final class Requests {
    private static final String REPLICA = "deepseek-replica";

    private final OwnerTag owner;
    private final Tokens tokens;
    private final JoinTokens joinTokens;
    private final AgentBootstrap bootstrap;

    public Requests(
            OwnerTag owner, Tokens tokens, JoinTokens joinTokens, AgentBootstrap bootstrap) {
        this.owner = owner;
        this.tokens = tokens;
        this.joinTokens = joinTokens;
        this.bootstrap = bootstrap;
    }

    FrozenRequest oneMachine(String replica) {
        return new FrozenRequest(
                owner, 1, 1, Cohesion.ANY, bootstrap.template(), Map.of(REPLICA, replica));
    }

    String token(String intent, String zone, int attempt) {
        return tokens.token(intent, zone, attempt);
    }

    AllocationRequest whole(Intent intent, FrozenRequest frozen) {
        var offer = intent.offer();
        var joinToken = joinTokens.token(intent.id(), offer.zone(), intent.attempt());
        return new AllocationRequest(
                intent.id(),
                token(intent.id(), offer.zone(), intent.attempt()),
                frozen.owner(),
                frozen.min(),
                frozen.max(),
                offer.market(),
                offer.region(),
                offer.zone(),
                offer.instanceType(),
                frozen.cohesion(),
                AgentBootstrap.withToken(frozen.bootstrap(), joinToken),
                frozen.tags());
    }
}
