package org.deepseekplugin.agent.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.deepseekplugin.platform.security.Leaf;
import org.deepseekplugin.platform.security.SigningRequest;
import org.deepseekplugin.protocol.AgentMessage.Renew;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.ServerMessage.Renewed;
import org.deepseekplugin.protocol.Unknown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets the next certificate over the connection that there is, for a fresh key, and goes on asking
/// until it has it. The key is written down with its certificate only: a crash in between costs a
/// renewal, not the identity. For the connection's one thread.
public final class Renewal {
    private static final Logger log = LoggerFactory.getLogger(Renewal.class);

    /// An answer needs no more than a signature and a look into the store.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CurrentIdentity identity;
    private final Clock clock;
    private @Nullable SigningRequest asked;
    private Instant askAgain = Instant.MIN;

    public Renewal(CurrentIdentity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /// What to send now, if anything. Asked at each heartbeat.
    public Optional<Renew> due() {
        var now = clock.instant();
        if (!identity.isDueForRenewal() || now.isBefore(askAgain)) {
            return Optional.empty();
        }
        if (asked == null) {
            asked = SigningRequest.create(identity.get().node());
        }
        askAgain = now.plus(PATIENCE);
        return Optional.of(new Renew(asked.csrPem(), Unknown.NONE));
    }

    /// A new connection: what was sent over the old one may never have arrived.
    public void connected() {
        askAgain = Instant.MIN;
    }

    public void answered(Renewed answer) {
        var request = asked;
        if (request == null || !Leaf.read(answer.certificatePem()).fits(request.keyPem())) {
            log.atWarn().log("a certificate came that nobody asked for, ignored");
            return;
        }
        var known = identity.get();
        identity.replace(
                new JoinResponse(
                        Protocol.VERSION,
                        known.node(),
                        answer.certificatePem(),
                        answer.caPem(),
                        known.heartbeat(),
                        Unknown.NONE),
                request.keyPem());
        asked = null;
        askAgain = Instant.MIN;
        log.atInfo().addKeyValue("expires", identity.tls().expires()).log("certificate renewed");
    }
}
