package org.deepseekplugin.agent.identity;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;
import org.deepseekplugin.agent.identity.Posting.Answer;
import org.deepseekplugin.platform.security.SigningRequest;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets a certificate for one that has ended, with the same key, as long as the control plane
/// counts this node as its own. A fresh key follows with the next renewal.
public final class Rejoining {
    private static final Logger log = LoggerFactory.getLogger(Rejoining.class);

    private final Vertx vertx;
    private final URI server;
    private final CurrentIdentity identity;

    public Rejoining(Vertx vertx, URI server, CurrentIdentity identity) {
        this.vertx = vertx;
        this.server = server;
        this.identity = identity;
    }

    /// Asks once; see [Posting] for how long it may block.
    ///
    /// @return why there is no certificate; empty when there is one
    public Optional<String> attempt() {
        var known = identity.get();
        var csr = SigningRequest.again(known.node(), known.tls()).csrPem();
        var request =
                new RejoinRequest(
                        Protocol.VERSION, known.tls().certificatePem(), csr, Unknown.NONE);
        try (var posting = new Posting(vertx, server, known.tls().caPem())) {
            return switch (posting.ask(Protocol.REJOIN_PATH, request, Optional.empty())) {
                case Answer.Granted(var response) -> {
                    identity.replace(response, known.tls().keyPem());
                    log.atInfo()
                            .addKeyValue("ended", known.tls().expires())
                            .log("came back after the certificate had ended");
                    yield Optional.empty();
                }
                case Answer.Refused(var why) -> Optional.of("the certificate has ended: " + why);
                case Answer.NotYet(var why) -> Optional.of("the certificate has ended: " + why);
            };
        }
    }
}
