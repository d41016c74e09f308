package org.deepseekplugin.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.security.PemIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificates that this process shows: made at its start, never stored, and made anew at
/// about two thirds of their time. It looks often and compares clocks, so a machine that slept
/// through the moment catches up when it wakes.
final class OwnCertificates implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OwnCertificates.class);
    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final CertificateAuthority authority;
    private final Duration lifetime;
    private final Clock clock;
    private final RandomGenerator random;
    private final Scheduler scheduler;
    private final List<Shown> shown = new CopyOnWriteArrayList<>();

    OwnCertificates(
            CertificateAuthority authority,
            Duration lifetime,
            Clock clock,
            RandomGenerator random,
            Scheduler scheduler) {
        this.authority = authority;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
        this.scheduler = scheduler;
        look();
    }

    PemIdentity issue(String name, List<String> hosts) {
        return authority.issue(name, hosts, lifetime);
    }

    /// From now on `user` is given another certificate before the last one ends, from a thread of
    /// this object; it may block. When it fails it is given another one soon.
    ///
    /// @param first the certificate that it has
    void keep(PemIdentity first, String name, List<String> hosts, Consumer<PemIdentity> user) {
        shown.add(new Shown(name, hosts, user, first.renewal(clock.instant(), random)));
    }

    private void look() {
        shown.forEach(this::renewIfDue);
        var twentieth = lifetime.dividedBy(20);
        scheduler.after(twentieth.compareTo(SELDOM) < 0 ? twentieth : SELDOM, this::look);
    }

    private void renewIfDue(Shown one) {
        if (clock.instant().isBefore(one.renewal)) {
            return;
        }
        try {
            var fresh = issue(one.name, one.hosts);
            one.user.accept(fresh);
            one.renewal = fresh.renewal(clock.instant(), random);
            log.atInfo()
                    .addKeyValue("name", one.name)
                    .addKeyValue("expires", fresh.expires())
                    .log("own certificate renewed");
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("name", one.name)
                    .setCause(e)
                    .log("own certificate could not be renewed, trying again");
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }

    /// Touched by one look at a time.
    private static final class Shown {
        private final String name;
        private final List<String> hosts;
        private final Consumer<PemIdentity> user;
        private volatile Instant renewal;

        private Shown(
                String name, List<String> hosts, Consumer<PemIdentity> user, Instant renewal) {
            this.name = name;
            this.hosts = hosts;
            this.user = user;
            this.renewal = renewal;
        }
    }
}
