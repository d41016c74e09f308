package org.deepseekplugin.orchestrator.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;

final class IdempotencyTest {

    @Test
    void the_same_key_gives_the_same_resource_through_a_crash() {
        try (var site = Site.quiet()) {
            var first = allocate(site, "key", "body");
            site.installation.kill();
            site.installation.boot();
            assertThat(allocate(site, "key", "body").id()).isEqualTo(first.id());
            assertThat(allocate(site, "other key", "body").id()).isNotEqualTo(first.id());
        }
    }

    @Test
    void the_same_key_with_another_request_is_refused() {
        try (var site = Site.quiet()) {
            allocate(site, "key", "body");
            refused(site, "another body", ErrorCode.IDEMPOTENCY_KEY_REUSED);
        }
    }

    @Test
    void a_late_copy_does_not_bring_back_what_was_released() {
        try (var site = Site.quiet()) {
            site.server().services().release(Site.PROJECT, allocate(site, "key", "body").id());
            site.run(Duration.ofMinutes(2));
            refused(site, "body", ErrorCode.CONFLICT);
            assertThat(site.server().services().list(Site.PROJECT)).isEmpty();
        }
    }

    @Test
    void keys_are_forgotten_after_a_day() {
        try (var site = Site.quiet()) {
            var first = allocate(site, "key", "body");
            site.world.setClocksBy(Duration.ofHours(23));
            assertThat(allocate(site, "key", "body").id()).isEqualTo(first.id());
            site.world.setClocksBy(Duration.ofHours(3));
            assertThat(allocate(site, "key", "another body").id()).isNotEqualTo(first.id());
            allocate(site, "short-lived", "body");
            site.world.setClocksBy(Duration.ofHours(26));
            site.run(Duration.ofHours(1));
            var kept =
                    site.store.<Long>read(tx ->
                            tx.first("select count(*) as n from idempotency", r -> r.number("n"))
                                    .orElseThrow());
            assertThat(kept).isZero();
        }
    }

    private static Service allocate(Site site, String key, String body) {
        return site.server()
                .services()
                .allocate(
                        Site.PROJECT,
                        Optional.empty(),
                        Site.CONFIG,
                        Site.MODEL,
                        Optional.of(new Idempotency(key, body)))
                .service();
    }

    private static void refused(Site site, String body, ErrorCode code) {
        assertThatThrownBy(() -> allocate(site, "key", body))
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
