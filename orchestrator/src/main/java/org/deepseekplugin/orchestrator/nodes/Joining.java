package org.deepseekplugin.orchestrator.nodes;

import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Intent;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.platform.store.Transaction;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.Protocol;

/// Lets a machine in that shows its join token: once, by the boot deadline, for one key. The same
/// key may ask again, because answers get lost.
final class Joining {
    private final Ground ground;
    private final Fleet fleet;
    private final JoinTokens tokens;
    private final NodeStore nodes;
    private final NodeCertificates certificates;
    private final Duration bootDeadline;

    Joining(
            Ground ground,
            Fleet fleet,
            JoinTokens tokens,
            NodeStore nodes,
            NodeCertificates certificates,
            Duration bootDeadline) {
        this.ground = ground;
        this.fleet = fleet;
        this.tokens = tokens;
        this.nodes = nodes;
        this.certificates = certificates;
        this.bootDeadline = bootDeadline;
    }

    /// The node that the machine of this intent becomes.
    static String nodeOf(String intent) {
        return "node-" + intent.substring(intent.indexOf('-') + 1);
    }

    record Joined(String node, String replica) {}

    /// @throws PlatformException `invalid_api_key` when the token does not let it in; `overloaded`
    ///   when it will a little later
    Joined join(Secret token, JoinRequest request, String remoteAddress) {
        requireOurProtocol(request.protocol());
        var keyHash = keyHash(request);
        var intentId = JoinTokens.intentOf(token).orElseThrow(Joining::unknownToken);
        var intent =
                ground.database()
                        .read(tx -> fleet.intent(tx, intentId))
                        .filter(i -> tokens.fits(token, i.id(), i.offer().zone(), i.attempt()))
                        .orElseThrow(Joining::unknownToken);
        if (intent.state() == Intent.State.ASKING) {
            // the machine was faster than its cloud's answer
            fleet.wake(intent.id());
            throw new PlatformException(
                    ErrorCode.OVERLOADED, "The machine is not in the books yet; ask again.");
        }
        return ground.database()
                .write(tx ->
                        admit(tx, intent.id(), new Applicant(request, keyHash, remoteAddress)));
    }

    static void requireOurProtocol(int version) {
        if (version != Protocol.VERSION) {
            throw new PlatformException(
                    ErrorCode.INVALID_REQUEST,
                    "The agent speaks protocol %d, the control plane %d; use the agent of the same version."
                            .formatted(version, Protocol.VERSION));
        }
    }

    private String keyHash(JoinRequest request) {
        try {
            return certificates.keyHash(request.csrPem());
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_REQUEST,
                    "csrPem is not a sound PKCS#10 request: " + e.getMessage(),
                    e);
        }
    }

    private record Applicant(JoinRequest request, String keyHash, String address) {}

    private Joined admit(Transaction transaction, String intentId, Applicant applicant) {
        var rental =
                fleet.rentals(transaction, intentId).stream()
                        .filter(r -> r.state().isHeld())
                        .findFirst()
                        .orElseThrow(() -> refused("its machine is not wanted any more"));
        if (!ground.now().isBefore(rental.createdAt().plus(bootDeadline))) {
            throw refused("its machine had %s to join".formatted(bootDeadline));
        }
        return nodes.ofInstance(transaction, rental.id().toString())
                .map(known -> again(transaction, known, rental, applicant.keyHash()))
                .orElseGet(() -> first(transaction, nodeOf(intentId), rental, applicant));
    }

    private Joined first(Transaction transaction, String node, Rental rental, Applicant applicant) {
        nodes.insert(
                transaction,
                node,
                rental.project(),
                rental.id().toString(),
                applicant.keyHash(),
                applicant.request().bootId(),
                applicant.request().fingerprint());
        fleet.joined(transaction, rental.id());
        var what = "%s joined from %s".formatted(rental.id(), applicant.address());
        ground.events().append(transaction, rental.project(), "node.joined", node, what);
        return new Joined(node, rental.replica());
    }

    private Joined again(Transaction transaction, Node known, Rental rental, String keyHash) {
        if (!nodes.keyHash(transaction, known.id()).equals(Optional.of(keyHash))) {
            throw refused("another key has used it");
        }
        return new Joined(known.id(), rental.replica());
    }

    private static PlatformException unknownToken() {
        return refused("it is not one of ours");
    }

    private static PlatformException refused(String why) {
        return new PlatformException(
                ErrorCode.INVALID_API_KEY, "The join token is not accepted: " + why + ".");
    }
}
