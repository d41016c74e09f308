package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import org.deepseekplugin.orchestrator.nodes.NodeStore.Held;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives nodes their next certificate: over their connection before the last one ends, or, when
/// they missed that, for the last one itself.
final class Renewals {
    private static final Logger log = LoggerFactory.getLogger(Renewals.class);

    private final Ground ground;
    private final NodeStore nodes;
    private final NodeCertificates certificates;

    Renewals(Ground ground, NodeStore nodes, NodeCertificates certificates) {
        this.ground = ground;
        this.nodes = nodes;
        this.certificates = certificates;
    }

    /// @param node whose connection has shown that it is the node's
    ServerMessage.Renewed renew(String node, String csrPem) {
        ground.database().read(tx -> requireUsable(tx, node));
        try {
            var certificate = certificates.issue(csrPem, node);
            log.atInfo().addKeyValue("node", node).log("certificate renewed");
            return new ServerMessage.Renewed(certificate, certificates.caPem(), Unknown.NONE);
        } catch (IllegalArgumentException e) {
            throw unsound(e);
        }
    }

    /// Lets a node come back whose certificate has ended: if our authority signed it, its sender
    /// has the key, and the node still counts as ours, which a node that was silent for too long
    /// does not. The grace bounds for how long a disk that was put aside is worth anything.
    ///
    /// @return the node
    /// @throws PlatformException `invalid_request`, or `insufficient_permissions` when it is
    ///   refused
    String readmit(RejoinRequest request, String remoteAddress) {
        Joining.requireOurProtocol(request.protocol());
        var issued = shown(request);
        var ended = Duration.between(issued.expires(), ground.now());
        if (ended.compareTo(certificates.grace()) > 0) {
            throw refused(
                    "it ended at %s, and agents.certificate-grace is %s"
                            .formatted(issued.expires(), certificates.grace()));
        }
        ground.database()
                .run(tx -> {
                    var node = requireUsable(tx, issued.node());
                    ground.events()
                            .append(
                                    tx,
                                    node.project(),
                                    "node.rejoined",
                                    node.id(),
                                    "came back from %s; its certificate was good until %s"
                                            .formatted(remoteAddress, issued.expires()));
                });
        return issued.node();
    }

    /// A node that we gave up gets no certificate, nor does one whose machine is gone.
    private Node requireUsable(Transaction transaction, String node) {
        return nodes.held(transaction, node)
                .filter(Held::isHeld)
                .map(Held::node)
                .filter(known -> known.state().isUsable())
                .orElseThrow(() -> refused("node " + node + " is not one of ours any more"));
    }

    private NodeCertificates.Issued shown(RejoinRequest request) {
        try {
            var issued = certificates.read(request.certificatePem());
            if (!issued.keyHash().equals(certificates.keyHash(request.csrPem()))) {
                throw refused("the request is for another key");
            }
            return issued;
        } catch (IllegalArgumentException e) {
            throw unsound(e);
        }
    }

    private static PlatformException unsound(IllegalArgumentException e) {
        return new PlatformException(
                ErrorCode.INVALID_REQUEST,
                "The certificate cannot be renewed: " + e.getMessage() + ".",
                e);
    }

    private static PlatformException refused(String why) {
        return new PlatformException(
                ErrorCode.INSUFFICIENT_PERMISSIONS,
                "The certificate cannot be renewed: " + why + ".");
    }
}
