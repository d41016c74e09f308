package org.deepseekplugin.orchestrator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.simulation.World;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.HostReading;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final List<EngineSpec> ENGINES =
            List.of(new EngineSpec("rep", "llama", "m", List.of(), Map.of(), Unknown.NONE));

    private final World world = new World(1);
    private final List<ServerMessage.Desired> sent = new ArrayList<>();
    private final AgentLink link = message -> sent.add((ServerMessage.Desired) message);
    private Connections connections = connections();

    @Test
    void a_node_is_silent_when_it_was_not_heard_for_the_deadline() {
        connections.connected("node", link);
        assertThat(lookFor(DEADLINE)).isEmpty();
        beat(0);
        assertThat(lookFor(DEADLINE)).isEmpty();
        assertThat(lookFor(EVERY)).containsExactly("node");
        assertThat(connections.isSilent("node")).isTrue();
        beat(0);
        assertThat(connections.isSilent("node")).isFalse();
    }

    @Test
    void a_control_plane_that_stood_still_holds_it_against_nobody() {
        connections.connected("node", link);
        lookFor(EVERY);
        world.runFor(Duration.ofMinutes(2));
        assertThat(connections.look(DEADLINE, EVERY)).isEmpty();
        assertThat(lookFor(DEADLINE)).isEmpty();
        assertThat(lookFor(EVERY)).containsExactly("node");
    }

    @Test
    void setting_the_clock_kills_no_node_and_spares_none() {
        connections.connected("node", link);
        world.setClocksBy(Duration.ofHours(1));
        assertThat(lookFor(EVERY)).isEmpty();
        world.setClocksBy(Duration.ofHours(-2));
        assertThat(lookFor(DEADLINE)).containsExactly("node");
    }

    @Test
    void a_link_is_told_once_and_a_new_one_again() {
        connections.connected("node", link);
        connections.send("node", ENGINES);
        connections.send("node", ENGINES);
        assertThat(sent).hasSize(1);
        connections.connected("node", link);
        connections.send("node", ENGINES);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).revision()).isGreaterThan(sent.get(0).revision());
    }

    @Test
    void an_old_connection_that_ends_late_ends_nothing() {
        long old = connections.connected("node", link);
        connections.connected("node", link);
        connections.closed("node", old);
        assertThat(connections.link("node")).isPresent();
    }

    @Test
    void an_agent_that_knows_newer_words_than_ours_is_told_anew() {
        connections.connected("node", link);
        connections.send("node", ENGINES);
        long before = sent.getFirst().revision();
        // a restart, after which the clock is an hour behind
        connections = connections();
        world.setClocksBy(Duration.ofHours(-1));
        connections.connected("node", link);
        connections.send("node", ENGINES);
        assertThat(sent.getLast().revision()).isLessThan(before);
        beat(before);
        assertThat(sent.getLast().revision()).isGreaterThan(before);
        assertThat(sent.getLast().engines()).isEqualTo(ENGINES);
        beat(before);
        assertThat(sent).as("told anew once").hasSize(3);
    }

    @Test
    void what_a_node_says_counts_when_it_acts_on_what_it_was_told_last() {
        connections.connected("node", link);
        assertThat(connections.actsOn("node", ENGINES)).isFalse();
        connections.send("node", ENGINES);
        assertThat(connections.actsOn("node", ENGINES)).isFalse();
        assertThat(beat(sent.getLast().revision())).containsExactly("rep");
        assertThat(connections.actsOn("node", ENGINES)).isTrue();
        assertThat(beat(sent.getLast().revision())).as("nothing new").isEmpty();
        connections.send("node", List.of());
        assertThat(connections.actsOn("node", List.of())).isFalse();
        assertThat(beat(sent.getLast().revision())).as("the same state, newer").isNotEmpty();
    }

    private Connections connections() {
        return new Connections(new Surroundings(world.wall(), new Random(1), world.process()));
    }

    private List<String> lookFor(Duration time) {
        List<String> silent = List.of();
        for (var left = time; left.isPositive(); left = left.minus(EVERY)) {
            world.runFor(EVERY);
            silent = connections.look(DEADLINE, EVERY);
        }
        return silent;
    }

    private java.util.Set<String> beat(long revision) {
        var engine =
                new EngineStatus(
                        "rep", EngineStatus.State.READY, "", 1, 0, EngineStats.IDLE, Unknown.NONE);
        return connections.heard(
                "node",
                new AgentMessage.Heartbeat(
                        1,
                        world.instant(),
                        revision,
                        List.of(engine),
                        new HostReading(0.1, 1000, 100_000, Unknown.NONE),
                        List.of(),
                        Unknown.NONE));
    }
}
