package org.deepseekplugin.server;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.Leaf;
import org.deepseekplugin.platform.security.PemIdentity;
import org.junit.jupiter.api.Test;

final class OwnCertificatesTest {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final List<String> HOSTS = List.of("127.0.0.1");

    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(UTC);
    private final Looks looks = new Looks();
    private final OwnCertificates certificates =
            new OwnCertificates(
                    CertificateAuthority.create("ours", clock),
                    LIFETIME,
                    clock,
                    new Random(1),
                    looks);
    private final List<PemIdentity> given = new ArrayList<>();

    @Test
    void another_one_is_given_at_about_two_thirds_and_so_on() {
        keep();
        pass(Duration.ofDays(17));
        assertThat(given).isEmpty();

        pass(Duration.ofDays(5));
        assertThat(given).hasSize(1);
        assertThat(Leaf.read(given.getFirst().certificatePem()).name()).isEqualTo("server");
        assertThat(given.getFirst().expires()).isAfter(now.plus(Duration.ofDays(24)));

        pass(Duration.ofDays(1));
        assertThat(given).hasSize(1);
        pass(Duration.ofDays(22));
        assertThat(given).hasSize(2);
    }

    @Test
    void one_that_could_not_be_put_to_use_is_tried_again_soon() {
        var first = certificates.issue("server", HOSTS);
        certificates.keep(
                first,
                "server",
                HOSTS,
                fresh -> {
                    given.add(fresh);
                    if (given.size() == 1) {
                        throw new IllegalStateException("not now");
                    }
                });

        pass(Duration.ofDays(22));
        assertThat(given).hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThat(given).hasSize(2);
        pass(Duration.ofMinutes(1));
        assertThat(given).hasSize(2);
    }

    @Test
    void a_machine_that_slept_through_the_end_catches_up_at_its_next_look() {
        keep();

        pass(LIFETIME.multipliedBy(3));

        assertThat(given).hasSize(1);
        assertThat(given.getFirst().hasExpired(now)).isFalse();
    }

    private void keep() {
        certificates.keep(certificates.issue("server", HOSTS), "server", HOSTS, given::add);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        looks.next();
    }

    /// Runs what was scheduled last when a test says so.
    private static final class Looks implements Scheduler {
        private Runnable task;

        @Override
        public void after(Duration delay, Runnable task) {
            this.task = task;
        }

        void next() {
            task.run();
        }

        @Override
        public Duration uptime() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
