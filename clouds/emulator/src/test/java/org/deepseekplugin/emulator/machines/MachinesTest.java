package org.deepseekplugin.emulator.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.emulator.machines.Orders.change;
import static org.deepseekplugin.emulator.machines.Orders.order;
import static org.deepseekplugin.emulator.machines.Orders.spot;
import static org.deepseekplugin.emulator.machines.Orders.typed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.emulator.machines.LaunchResult.Launched;
import org.deepseekplugin.emulator.machines.LaunchResult.NoCapacity;
import org.deepseekplugin.emulator.machines.LaunchResult.NotOffered;
import org.deepseekplugin.emulator.machines.LaunchResult.OverQuota;
import org.deepseekplugin.emulator.machines.LaunchResult.Repeated;
import org.deepseekplugin.emulator.machines.LaunchResult.TokenMismatch;
import org.deepseekplugin.emulator.machines.LaunchResult.TokenSpent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachinesTest {
    private static final Duration BOOT = Duration.ofSeconds(1);

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock();
    private ManualTimer timer = new ManualTimer(clock);
    private FakeHost host = new FakeHost();
    private Machines machines;
    private int ids;

    private final Naming naming =
            new Naming() {
                @Override
                public String launchId() {
                    return "launch-" + ids++;
                }

                @Override
                public String machineId() {
                    return "machine-" + ids++;
                }
            };

    @BeforeEach
    void open() throws IOException {
        machines =
                new Machines(
                        folder.resolve("journal"),
                        new Limits(),
                        Map.of("tiny", new TinyCloud()),
                        host,
                        taken -> "127.20.0." + ids,
                        timer,
                        BOOT,
                        clock);
    }

    @AfterEach
    void close() throws IOException {
        machines.close();
    }

    @Test
    void a_machine_boots_after_the_boot_delay() {
        var id = launched(order("t")).machines().getFirst().id();
        assertThat(state(id)).isEqualTo(MachineState.PENDING);
        assertThat(host.running).isEmpty();

        timer.pass(BOOT);

        assertThat(state(id)).isEqualTo(MachineState.RUNNING);
        assertThat(host.running).containsOnlyKeys(id);
    }

    @Test
    void the_same_token_gives_the_first_launch_again() {
        var first = launched(order("t"));

        assertThat(launch(order("t"))).isEqualTo(new Repeated(first));
        assertThat(machines.launches()).hasSize(1);
    }

    @Test
    void the_same_token_in_another_zone_makes_another_machine() {
        launched(order("t", "r1a"));
        launched(order("t", "r1b"));

        assertThat(machines.list()).hasSize(2);
    }

    @Test
    void the_same_token_with_other_parameters_is_refused() {
        var first = launched(order("t"));

        assertThat(launch(change(order("t"), "other", 1, 1, 99)))
                .isEqualTo(new TokenMismatch(first));
    }

    @Test
    void the_token_of_a_terminated_machine_is_spent_for_ever() throws IOException {
        var first = launched(order("t"));
        machines.terminate(first.machines().getFirst().id());
        assertThat(launch(order("t"))).isEqualTo(new TokenSpent(first));

        clock.advance(Duration.ofHours(2));
        assertThat(machines.list()).isEmpty();
        restart();

        assertThat(launch(order("t"))).isEqualTo(new TokenSpent(first));
    }

    @Test
    void a_token_that_was_refused_can_be_used_again() {
        machines.setCapacity("*", "*", 0);
        assertThat(launch(order("t"))).isInstanceOf(NoCapacity.class);

        machines.setCapacity("*", "*", 1);

        assertThat(launch(order("t"))).isInstanceOf(Launched.class);
    }

    @Test
    void a_full_zone_is_refused_and_the_others_are_named() {
        machines.setCapacity("r1a", "small", 0);

        assertThat(launch(order("t", "r1a"))).isEqualTo(new NoCapacity("r1a", List.of("r1b")));
        assertThat(launched(order("u")).zone()).isEqualTo("r1b");
    }

    @Test
    void a_type_is_refused_where_it_is_not_sold() {
        var order = typed(order("t", "r1a"), "big");

        assertThat(launch(order)).isEqualTo(new NotOffered(List.of("r1b")));
    }

    @Test
    void fewer_than_asked_are_made_where_there_is_room_for_fewer() {
        machines.setCapacity("r1a", "small", 2);

        assertThat(launched(change(order("t", "r1a"), "f", 1, 5, 99)).machines()).hasSize(2);
        assertThat(launch(change(order("u", "r1a"), "f", 1, 5, 99))).isInstanceOf(NoCapacity.class);
    }

    @Test
    void quota_counts_vcpus_of_pending_and_running_machines_in_each_market() {
        machines.setQuota("all", 8);
        var first = launched(order("a"));
        launched(order("b"));
        assertThat(launch(order("c"))).isEqualTo(new OverQuota("all", 8));
        assertThat(launch(spot(order("d")))).isInstanceOf(Launched.class);

        machines.terminate(first.machines().getFirst().id());

        assertThat(launch(order("c"))).isInstanceOf(Launched.class);
    }

    @Test
    void a_rehearsal_makes_nothing() {
        assertThat(machines.rehearse(order("t"), naming)).isInstanceOf(Launched.class);
        assertThat(machines.list()).isEmpty();
    }

    @Test
    void termination_shows_its_steps_and_is_listed_for_an_hour() {
        host.slow = true;
        var id = launched(order("t")).machines().getFirst().id();
        timer.pass(BOOT);
        machines.terminate(id);
        machines.terminate(id);
        assertThat(state(id)).isEqualTo(MachineState.SHUTTING_DOWN);
        assertThat(host.halting).hasSize(1);

        host.halting.getFirst().complete(null);

        assertThat(state(id)).isEqualTo(MachineState.TERMINATED);
        clock.advance(Duration.ofMinutes(59));
        assertThat(machines.list()).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(machines.list()).isEmpty();
        assertThat(host.forgotten).containsExactly(id);
    }

    @Test
    void a_machine_terminated_before_it_boots_never_boots() {
        var id = launched(order("t")).machines().getFirst().id();
        machines.terminate(id);

        timer.pass(BOOT);

        assertThat(host.running).isEmpty();
    }

    @Test
    void a_failing_host_ends_the_machine_with_its_reason() {
        var id = launched(order("t")).machines().getFirst().id();
        timer.pass(BOOT);

        host.running.get(id).run();

        assertThat(machines.find(id).orElseThrow().reason()).isEqualTo(Reason.HOST_FAILED);
        assertThat(state(id)).isEqualTo(MachineState.TERMINATED);
    }

    @Test
    void eviction_is_announced_and_then_happens() {
        var id = launched(spot(order("t"))).machines().getFirst().id();
        timer.pass(BOOT);
        machines.evict(id, Duration.ofMinutes(2));
        assertThat(state(id)).isEqualTo(MachineState.RUNNING);
        assertThat(machines.find(id).orElseThrow().evictionAt())
                .contains(clock.instant().plusSeconds(120));

        timer.pass(Duration.ofMinutes(2));

        assertThat(state(id)).isEqualTo(MachineState.TERMINATED);
        assertThat(machines.find(id).orElseThrow().reason()).isEqualTo(Reason.EVICTED);
    }

    @Test
    void an_eviction_that_was_announced_happens_after_a_restart_too() throws IOException {
        var id = launched(spot(order("t"))).machines().getFirst().id();
        timer.pass(BOOT);
        machines.evict(id, Duration.ofMinutes(2));
        restart();
        machines.resume();
        assertThat(machines.find(id).orElseThrow().evictionAt())
                .contains(clock.instant().plusSeconds(120));

        timer.pass(Duration.ofMinutes(2));

        assertThat(machines.find(id).orElseThrow().reason()).isEqualTo(Reason.EVICTED);
    }

    @Test
    void lagging_lists_show_what_was() {
        var id = launched(order("t")).machines().getFirst().id();
        var launchedAt = clock.instant();
        timer.pass(BOOT);
        var machine = machines.find(id).orElseThrow();

        assertThat(machine.seenAt(launchedAt.minusMillis(1))).isEmpty();
        assertThat(machine.seenAt(launchedAt).orElseThrow().state())
                .isEqualTo(MachineState.PENDING);
    }

    @Test
    void everything_is_still_there_after_a_restart() throws IOException {
        var running = launched(order("a")).machines().getFirst();
        var ended = launched(order("b")).machines().getFirst();
        timer.pass(BOOT);
        machines.terminate(ended.id());
        machines.tag(List.of(running.id()), Map.of("name", "one"));
        machines.setQuota("all", 4);
        var before = machines.list();

        restart();
        machines.resume();
        timer.pass(BOOT);

        assertThat(machines.list()).isEqualTo(before);
        assertThat(machines.find(running.id()).orElseThrow().tags()).containsEntry("name", "one");
        assertThat(host.running).containsOnlyKeys(running.id());
        assertThat(launch(order("c"))).isInstanceOf(OverQuota.class);
    }

    @Test
    void what_was_shutting_down_ends_after_a_restart() throws IOException {
        host.slow = true;
        var id = launched(order("a")).machines().getFirst().id();
        machines.terminate(id);
        restart();

        machines.resume();

        assertThat(state(id)).isEqualTo(MachineState.TERMINATED);
    }

    @Test
    void a_torn_last_line_never_happened() throws IOException {
        launched(order("a"));
        machines.close();
        Files.writeString(
                folder.resolve("journal"), "{\"launched\": {\"la", StandardOpenOption.APPEND);

        open();
        launched(order("b"));
        restart();

        assertThat(machines.launches()).hasSize(2);
    }

    private void restart() throws IOException {
        machines.close();
        host = new FakeHost();
        timer = new ManualTimer(clock);
        open();
    }

    private MachineState state(String id) {
        return machines.find(id).orElseThrow().state();
    }

    private LaunchResult launch(LaunchOrder order) {
        return machines.launch(order, naming);
    }

    private Launch launched(LaunchOrder order) {
        return ((Launched) launch(order)).launch();
    }
}
