package org.deepseekplugin.orchestrator.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.deepseekplugin.cloud.testkit.Fault;
import org.deepseekplugin.cloud.testkit.SimulatedCloud.Action;
import org.deepseekplugin.orchestrator.simulation.Site;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.JoinResponse;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.Test;

/// Machines boot in 20 s; their own agents come no sooner.
final class JoiningTest {

    @Test
    void a_token_lets_one_key_in_as_often_as_it_asks() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(1));
            var first = join(site, token(site), "key");
            assertThat(join(site, token(site), "key").node()).isEqualTo(first.node());
            refused(site, token(site), "another key", "another key has used it");
        }
    }

    @Test
    void a_token_dies_at_the_boot_deadline() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(1));
            var token = token(site);
            site.agents.silence(site.onlyMachine());
            site.run(Duration.ofMinutes(2));
            refused(site, token, "key", "not wanted any more");
        }
    }

    @Test
    void a_token_dies_with_its_service() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(1));
            site.server().services().delete(Site.PROJECT, "chat");
            site.run(Duration.ofSeconds(1));
            refused(site, token(site), "key", "not wanted any more");
        }
    }

    @Test
    void made_up_tokens_are_all_answered_alike() {
        try (var site = Site.quiet()) {
            site.deploy("chat", 1);
            site.run(Duration.ofSeconds(1));
            var token = token(site);
            var intent = token.reveal().substring(0, token.reveal().indexOf('.'));
            for (var bad :
                    List.of("nonsense", "int-none.abc", intent + ".", token.reveal() + "x")) {
                refused(site, new Secret(bad), "key", "it is not one of ours");
            }
        }
    }

    @Test
    void a_machine_that_is_faster_than_its_clouds_answer_asks_again() {
        try (var site = Site.quiet()) {
            site.cloud.next(Action.ALLOCATE, new Fault.LoseAnswer());
            site.deploy("chat", 1);
            site.run(Duration.ofMillis(10));
            assertThatThrownBy(() -> join(site, token(site), "key"))
                    .isInstanceOfSatisfying(
                            PlatformException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
            site.run(Duration.ofSeconds(5));
            assertThat(join(site, token(site), "key").node()).startsWith("node-");
        }
    }

    private static Secret token(Site site) {
        var env = site.cloud.book().launches().getLast().request().bootstrap().env();
        return new Secret(String.valueOf(env.get("DEEPSEEK_JOIN_TOKEN")));
    }

    private static JoinResponse join(Site site, Secret token, String key) {
        var machine =
                new Fingerprint(
                        "1",
                        "linux",
                        "x64",
                        "test",
                        2,
                        8192,
                        100_000,
                        List.of(),
                        List.of(),
                        "127.0.0.1",
                        9000,
                        Unknown.NONE);
        var request = new JoinRequest(Protocol.VERSION, key, "boot-1", machine, Unknown.NONE);
        return site.server().nodes().join(token, request, "127.0.0.1");
    }

    private static void refused(Site site, Secret token, String key, String why) {
        assertThatThrownBy(() -> join(site, token, key))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_API_KEY));
    }
}
