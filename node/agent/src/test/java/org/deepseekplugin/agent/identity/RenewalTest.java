package org.deepseekplugin.agent.identity;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.Leaf;
import org.deepseekplugin.platform.security.PemIdentity;
import org.deepseekplugin.platform.security.SigningRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.ServerMessage.Renewed;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewalTest {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final Duration BEFORE = Duration.ofHours(14);
    private static final Duration AFTER = Duration.ofHours(18);

    @TempDir Path folder;
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(UTC);
    private final CertificateAuthority ca = CertificateAuthority.create("ours", clock);
    private final List<PemIdentity> shown = new ArrayList<>();
    private CurrentIdentity identity;
    private Renewal renewal;

    @BeforeEach
    void join() {
        var store = new IdentityStore(folder);
        var request = store.request();
        identity =
                CurrentIdentity.joined(
                        store, joined(request), request.keyPem(), clock, new Random(1));
        identity.listen(shown::add);
        renewal = new Renewal(identity, clock);
    }

    @Test
    void asks_after_about_two_thirds_of_the_lifetime() {
        var start = now;
        assertThat(renewal.due()).isEmpty();
        now = start.plus(BEFORE);
        assertThat(renewal.due()).isEmpty();

        now = start.plus(AFTER);

        assertThat(renewal.due()).isPresent();
    }

    @Test
    void asks_again_for_the_same_key_until_it_is_answered() {
        now = now.plus(AFTER);
        var first = renewal.due().orElseThrow();
        assertThat(renewal.due()).as("an answer may be on its way").isEmpty();

        now = now.plusSeconds(10);
        assertThat(renewal.due()).contains(first);

        renewal.connected();
        assertThat(renewal.due()).as("the connection of before has lost it").contains(first);
    }

    @Test
    void an_answer_is_on_the_disk_and_shown_to_others_and_the_next_key_is_another() {
        now = now.plus(AFTER);
        var first = renewal.due().orElseThrow();

        renewal.answered(certificateFor(first.csrPem()));

        var kept = new IdentityStore(folder).load().orElseThrow();
        assertThat(kept.tls().certificatePem()).isEqualTo(identity.tls().certificatePem());
        assertThat(kept.tls().expires()).isEqualTo(now.plus(LIFETIME));
        assertThat(Leaf.read(kept.tls().certificatePem()).fits(kept.tls().keyPem())).isTrue();
        assertThat(shown).containsExactly(identity.tls());
        assertThat(renewal.due()).isEmpty();
        now = now.plus(AFTER);
        assertThat(renewal.due().orElseThrow()).isNotEqualTo(first);
    }

    @Test
    void a_certificate_for_another_key_changes_nothing() {
        var before = identity.tls();
        now = now.plus(AFTER);
        renewal.due();

        renewal.answered(certificateFor(SigningRequest.create("node-1").csrPem()));

        assertThat(identity.tls()).isEqualTo(before);
        assertThat(shown).isEmpty();
    }

    @Test
    void a_certificate_that_cannot_be_kept_is_not_shown() throws Exception {
        var before = identity.tls();
        now = now.plus(AFTER);
        var request = renewal.due().orElseThrow();
        Files.createDirectory(folder.resolve("identity.json.new"));
        Files.createFile(folder.resolve("identity.json.new/in-the-way"));

        assertThatThrownBy(() -> renewal.answered(certificateFor(request.csrPem())))
                .hasMessageContaining("cannot keep the node's identity");

        assertThat(identity.tls()).isEqualTo(before);
        assertThat(shown).isEmpty();
    }

    @Test
    void a_crowd_that_joined_together_does_not_renew_together() {
        var random = new Random(7);
        var times = new ArrayList<Instant>();
        for (int i = 0; i < 1000; i++) {
            times.add(identity.tls().renewal(now, random));
        }

        assertThat(times).allMatch(time -> time.isAfter(now.plus(BEFORE)));
        assertThat(times).allMatch(time -> time.isBefore(now.plus(AFTER)));
        assertThat(times.stream().distinct().count()).isGreaterThan(990);
    }

    private JoinResponse joined(SigningRequest request) {
        return new JoinResponse(
                Protocol.VERSION,
                "node-1",
                ca.issueFor(request.csrPem(), "node-1", List.of(), LIFETIME),
                ca.certificatePem(),
                Duration.ofSeconds(2),
                Unknown.NONE);
    }

    private Renewed certificateFor(String csrPem) {
        return new Renewed(
                ca.issueFor(csrPem, "node-1", List.of(), LIFETIME),
                ca.certificatePem(),
                Unknown.NONE);
    }
}
