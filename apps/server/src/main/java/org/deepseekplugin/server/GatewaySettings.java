package org.deepseekplugin.server;

import org.deepseekplugin.gateway.GatewayOptions;
import org.deepseekplugin.gateway.ledger.LedgerOptions;
import org.deepseekplugin.gateway.ledger.files.Retention;
import org.deepseekplugin.gateway.limits.RequestLimits;
import org.deepseekplugin.gateway.upstream.UpstreamOptions;
import org.deepseekplugin.server.config.GatewayLimits;

/// The gateway's options as they are configured.
final class GatewaySettings {

    static GatewayOptions of(GatewayLimits limits) {
        var standard = GatewayOptions.DEFAULT;
        var upstream = standard.upstream();
        int maxBody = Math.toIntExact(limits.maxBody().count());
        return new GatewayOptions(
                new RequestLimits(
                        maxBody,
                        RequestLimits.usualHeldBytes(maxBody),
                        limits.maxDepth(),
                        limits.bodyDeadline(),
                        limits.readerTimeout()),
                new UpstreamOptions(
                        limits.connectTimeout(),
                        limits.firstByteTimeout(),
                        limits.idleTimeout(),
                        upstream.connectionsPerEndpoint(),
                        upstream.keepAlive(),
                        upstream.receiveBufferBytes()),
                limits.maxAttempts(),
                limits.retryShare().fraction(),
                standard.firstEjection(),
                standard.longestEjection());
    }

    static LedgerOptions ledger(GatewayLimits limits) {
        return LedgerOptions.DEFAULT.withRetention(
                new Retention(limits.ledgerKeep(), limits.ledgerSize().count()));
    }

    private GatewaySettings() {}
}
