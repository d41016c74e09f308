package org.deepseekplugin.orchestrator.nodes;

import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;

/// Takes in what connected agents say.
final class Inbox {
    private final Ground ground;
    private final NodeStore store;
    private final Connections connections;
    private final Renewals renewals;
    private final LogTails logTails;
    private final UsageSink usage;
    private final BiConsumer<String, Set<String>> changed;

    /// @param changed told the node and the replicas that it said something new about
    Inbox(
            Ground ground,
            NodeStore store,
            Connections connections,
            Renewals renewals,
            LogTails logTails,
            UsageSink usage,
            BiConsumer<String, Set<String>> changed) {
        this.ground = ground;
        this.store = store;
        this.connections = connections;
        this.renewals = renewals;
        this.logTails = logTails;
        this.usage = usage;
        this.changed = changed;
    }

    /// @param link to answer by
    void receive(String node, AgentLink link, AgentMessage message) {
        switch (message) {
            case AgentMessage.Hello hello -> {
                ground.database().run(tx -> describe(tx, node, hello));
                changed.accept(node, Set.of());
            }
            case AgentMessage.Heartbeat beat -> {
                var replicas = connections.heard(node, beat);
                if (!replicas.isEmpty()) {
                    changed.accept(node, replicas);
                }
            }
            case AgentMessage.Usage(var batch, var records, _) ->
                    usage.accept(
                            node,
                            records,
                            () -> link.send(new ServerMessage.UsageAck(batch, Unknown.NONE)));
            case AgentMessage.LogLines(var request, var lines, _) ->
                    logTails.answered(request, lines);
            case AgentMessage.Renew(var csrPem, _) -> link.send(renewals.renew(node, csrPem));
        }
    }

    private void describe(Transaction transaction, String node, AgentMessage.Hello hello) {
        boolean same =
                store.find(transaction, node)
                                .filter(n -> n.fingerprint().equals(hello.fingerprint()))
                                .isPresent()
                        && store.bootId(transaction, node).equals(Optional.of(hello.bootId()));
        if (!same) {
            store.describe(transaction, node, hello.bootId(), hello.fingerprint());
        }
    }
}
