package org.deepseekplugin.emulator.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.deepseekplugin.emulator.books.CallBook;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.deepseekplugin.emulator.machines.Limits;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.MachineHost;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.offers.MachineType;
import org.deepseekplugin.emulator.wire.Delivery;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireApi;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The model, the faults and the books have room for protocols that are nothing like AWS'.
final class AnotherCloudTest {
    private static final String NORTH_1 = "{\"zone\":\"north-1\"}";
    private static final String NORTH_2 = "{\"zone\":\"north-2\"}";

    @TempDir Path folder;
    private final FaultBoard faults = new FaultBoard();
    private Machines machines;
    private CallBook book;
    private WireApi api;

    @BeforeEach
    void start() throws IOException {
        var cloud = new NameIsTheToken();
        var clock = InstantSource.system();
        machines =
                new Machines(
                        folder.resolve("journal"),
                        new Limits(),
                        Map.of(cloud.name(), cloud.catalogue()),
                        new NoHost(),
                        taken -> "127.0.0.1",
                        (delay, work) -> {},
                        Duration.ZERO,
                        clock);
        book = new CallBook(folder.resolve("calls"));
        api =
                cloud.api(
                        new Surroundings(
                                machines,
                                new Reception(faults, book, clock),
                                faults::lag,
                                clock,
                                new Random(1),
                                new Secret("secret")));
    }

    @AfterEach
    void stop() throws IOException {
        machines.close();
        book.close();
    }

    @Test
    void a_name_makes_one_machine_in_the_whole_account() {
        assertThat(put("web", NORTH_1).status()).isEqualTo(201);
        assertThat(put("web", NORTH_1).status()).isEqualTo(200);
        assertThat(put("web", NORTH_2).body()).contains("TokenMismatch");
        assertThat(machines.list()).extracting(Machine::id).containsExactly("web");
    }

    @Test
    void an_ended_machine_is_gone_from_lists_at_once() {
        put("web", NORTH_1);
        ask("DELETE", "web", "");

        assertThat(ask("GET", "", "").body()).isEqualTo("[]");
    }

    @Test
    void faults_strike_and_books_are_kept_as_with_every_cloud() {
        faults.add(Fault.error("PUT", "ZonalAllocationFailed"));
        assertThat(put("web", NORTH_1).body()).contains("ZonalAllocationFailed");
        faults.add(Fault.of("PUT", FaultMode.RESET_AFTER));
        assertThat(put("web", NORTH_1).delivery()).isEqualTo(new Delivery.Lost());
        faults.add(Fault.of("PUT", FaultMode.DUPLICATE));
        assertThat(put("web", NORTH_1).status()).isEqualTo(200);

        assertThat(machines.launches()).hasSize(1);
        assertThat(book.tallies().get("PUT").byToken()).containsEntry("web", 4);
        assertThat(book.tallies().get("PUT").byResult())
                .containsEntry("ZonalAllocationFailed", 1)
                .containsEntry("ok", 3);
    }

    private WireAnswer put(String name, String body) {
        return ask("PUT", name, body);
    }

    private WireAnswer ask(String method, String name, String body) {
        return api.answer(new WireRequest(method, "/" + name, "", Map.of(), body));
    }

    private static final class NoHost implements MachineHost {
        @Override
        public void boot(Machine machine, MachineType type, Runnable failed) {}

        @Override
        public CompletionStage<Void> halt(String id, Duration grace) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void forget(String id) {}
    }
}
