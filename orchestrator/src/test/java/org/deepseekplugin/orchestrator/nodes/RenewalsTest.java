package org.deepseekplugin.orchestrator.nodes;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.Leaf;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.platform.security.SigningRequest;
import org.deepseekplugin.platform.store.SimulationDatabase;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.RejoinRequest;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RenewalsTest {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final Duration GRACE = Duration.ofDays(30);

    @AutoClose final SimulationDatabase store = new SimulationDatabase("renewals");
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(UTC);
    private final CertificateAuthority ca = CertificateAuthority.create("ours", clock);
    private final Events events = new Events(store, clock);
    private Renewals renewals;
    private PemIdentity identity;

    @BeforeEach
    void join() {
        var nodes = new NodeStore(clock);
        var certificates = NodeCertificates.of(ca, LIFETIME, GRACE);
        var surroundings =
                new Surroundings(clock, new Random(1), Scheduler.virtualThreads("nothing"));
        renewals = new Renewals(new Ground(store, events, surroundings), nodes, certificates);
        identity = ca.issue("node-1", List.of(), LIFETIME);
        rent();
    }

    /// A machine of ours whose agent has joined.
    private void rent() {
        store.run(tx -> {
            tx.execute(
                    """
                    insert into intent (id, project, replica, attempt, cloud, zone, offer, token,
                      request, state, in_doubt, calls, created_at, updated_at)
                    values ('int-1', 'default', 'rep-1', 1, 'sim', 'a', '{}', 't', '{}', 'HELD', 0,
                      1, 0, 0)
                    """);
            tx.execute(
                    """
                    insert into instance (id, project, intent, cloud, region, zone, value,
                      instance_type, market, state, created_at, updated_at)
                    values ('sim/a/1', 'default', 'int-1', 'sim', 'a', 'a', '1', 'small',
                      'ON_DEMAND', 'JOINED', 0, 0)
                    """);
            tx.execute(
                    """
                    insert into node (id, project, instance, key_hash, boot_id, fingerprint, state,
                      joined_at, updated_at)
                    values ('node-1', 'default', 'sim/a/1', 'h', 'b', '{}', 'UP', 0, 0)
                    """);
        });
    }

    @Test
    void a_connected_node_gets_a_certificate_for_its_next_key() {
        var request = SigningRequest.create("whatever it wishes");

        var renewed = renewals.renew("node-1", request.csrPem());

        var leaf = Leaf.signedBy(ca.certificatePem(), renewed.certificatePem());
        assertThat(leaf.name()).isEqualTo("node-1");
        assertThat(leaf.fits(request.keyPem())).isTrue();
        assertThat(leaf.expires()).isEqualTo(now.plus(LIFETIME));
    }

    @Test
    void a_node_whose_certificate_ended_comes_back_within_the_grace() {
        now = now.plus(LIFETIME).plus(GRACE);

        assertThat(renewals.readmit(request(identity, identity), "10.0.0.1")).isEqualTo("node-1");
        assertThat(events.list("default", 0, 10))
                .extracting("kind")
                .containsExactly("node.rejoined");
    }

    @Test
    void after_the_grace_it_does_not() {
        now = now.plus(LIFETIME).plus(GRACE).plusSeconds(1);

        assertThatThrownBy(() -> renewals.readmit(request(identity, identity), "10.0.0.1"))
                .hasMessageContaining("it ended at 2026-05-02T00:00:00Z")
                .hasMessageContaining("agents.certificate-grace is PT720H");
    }

    @Test
    void a_node_that_was_given_up_does_not_come_back_nor_is_it_renewed() {
        store.run(tx -> tx.execute("update node set state = 'DEAD'"));

        assertRefused("node-1 is not one of ours any more");
    }

    @Test
    void nor_is_one_whose_machine_was_returned() {
        store.run(tx -> tx.execute("update instance set state = 'RETURNED'"));

        assertRefused("node-1 is not one of ours any more");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> renewals.readmit(request(identity, identity), "10.0.0.1"))
                .hasMessageContaining(why);
        assertThatThrownBy(() -> renewals.renew("node-1", SigningRequest.create("node-1").csrPem()))
                .hasMessageContaining(why);
    }

    @Test
    void who_has_the_certificate_but_not_its_key_is_refused() {
        var thief = ca.issue("node-2", List.of(), LIFETIME);

        assertThatThrownBy(() -> renewals.readmit(request(identity, thief), "10.0.0.1"))
                .hasMessageContaining("the request is for another key");
    }

    @Test
    void a_certificate_of_another_authority_is_refused() {
        var theirs = CertificateAuthority.create("theirs", clock);
        var forged = theirs.issue("node-1", List.of(), LIFETIME);

        assertThatThrownBy(() -> renewals.readmit(request(forged, forged), "10.0.0.1"))
                .hasMessageContaining("our authority did not sign this certificate");
    }

    @Test
    void the_gateways_certificate_makes_no_node() {
        var gateway = ca.issue("gateway", List.of(), LIFETIME);

        assertThatThrownBy(() -> renewals.readmit(request(gateway, gateway), "10.0.0.1"))
                .hasMessageContaining("gateway is not one of ours any more");
    }

    private static RejoinRequest request(PemIdentity shown, PemIdentity key) {
        var csr = SigningRequest.again("node", key).csrPem();
        return new RejoinRequest(Protocol.VERSION, shown.certificatePem(), csr, Unknown.NONE);
    }
}
