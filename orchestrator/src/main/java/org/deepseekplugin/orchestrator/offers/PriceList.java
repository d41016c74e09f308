package org.deepseekplugin.orchestrator.offers;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one place offers. Many replicas that look for a place together ask its cloud once, and a
/// cloud that hangs keeps nobody waiting for whom an answer of a few minutes ago will do: it is
/// asked anew in the background. That it cannot be asked is remembered like an answer.
final class PriceList {
    private static final Logger log = LoggerFactory.getLogger(PriceList.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration USABLE = Duration.ofMinutes(5);

    /// @param at by our uptime
    private record Answer(Duration at, List<Offer> offers) {}

    private final Cloud cloud;
    private final Place place;
    private final Surroundings surroundings;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer answer;
    private volatile boolean refreshing;

    PriceList(Cloud cloud, Place place, Surroundings surroundings) {
        this.cloud = cloud;
        this.place = place;
        this.surroundings = surroundings;
    }

    List<Offer> offers() {
        var known = answer;
        if (known == null || isOlder(known, USABLE)) {
            return ask(USABLE);
        }
        if (isOlder(known, FRESH) && !refreshing) {
            refreshing = true;
            surroundings.scheduler().after(Duration.ZERO, this::refresh);
        }
        return known.offers();
    }

    private void refresh() {
        try {
            ask(FRESH);
        } finally {
            refreshing = false;
        }
    }

    /// Unless somebody has done so meanwhile.
    private List<Offer> ask(Duration oldest) {
        asking.lock();
        try {
            var known = answer;
            if (known != null && !isOlder(known, oldest)) {
                return known.offers();
            }
            var offers = ask(known == null ? List.of() : known.offers());
            answer = new Answer(surroundings.uptime(), offers);
            return offers;
        } finally {
            asking.unlock();
        }
    }

    private List<Offer> ask(List<Offer> otherwise) {
        try {
            return cloud.driver().offers(place.query());
        } catch (CloudException e) {
            log.atWarn().setCause(e).addKeyValue("cloud", cloud.name()).log("cannot list offers");
            return otherwise;
        }
    }

    private boolean isOlder(Answer known, Duration age) {
        return surroundings.uptime().minus(known.at()).compareTo(age) > 0;
    }
}
