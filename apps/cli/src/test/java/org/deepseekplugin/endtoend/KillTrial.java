package org.deepseekplugin.endtoend;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.emulator.control.Control;
import org.deepseekplugin.emulator.control.Truth;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.time.Backoff;

/// Allocates and releases while the server is killed again and again, then judges by the cloud's
/// own books.
final class KillTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofSeconds(180);

    private final ServerProcess server;
    private final Control cloud;
    private final Path store;
    private final Random random;
    private final List<String> held = new ArrayList<>();
    private int kills;
    private int betweenIntentAndAnswer;
    private int droppedConnections;

    /// @param betweenIntentAndAnswer kills after the cloud had launched and before its answer was
    ///   stored, by the launch book and the store
    /// @param leaked machines that live and that nobody wants
    /// @param missing resources that are wanted and have no machine
    /// @param doubled machines beyond the first that an intent was given
    record Verdict(
            int kills,
            int betweenIntentAndAnswer,
            int droppedConnections,
            int resources,
            long leaked,
            long missing,
            long doubled) {}

    KillTrial(ServerProcess server, Control cloud, Path dataDir, long seed) {
        this.server = server;
        this.cloud = cloud;
        this.store = dataDir.resolve("store.db");
        this.random = new Random(seed);
    }

    /// @param rounds kills
    Verdict run(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            switch (round % 5) {
                case 0, 2 -> killWhileTheAnswerHangs();
                case 1 -> killSoonAfterAsking();
                case 3 -> killWhileReleasing();
                default -> killWhileTheAnswerIsLost();
            }
        }
        cloud.clearFaults();
        return judged();
    }

    private void killWhileTheAnswerHangs() throws Exception {
        allocateAndKillAfterLaunch(new Fault("RunInstances", "", 1, FaultMode.HANG_AFTER, "", 60));
    }

    private void killWhileTheAnswerIsLost() throws Exception {
        allocateAndKillAfterLaunch(new Fault("RunInstances", "", 1, FaultMode.DELAY, "", 20));
    }

    private void allocateAndKillAfterLaunch(Fault fault) throws Exception {
        int before = launches();
        cloud.fault(fault);
        var asking = ask();
        Until.holds("a launch", PATIENCE, () -> launches() > before, this::state);
        kill();
        if (inDoubt() > 0) {
            betweenIntentAndAnswer++;
        }
        server.start();
        held.add(asking.id());
    }

    private void killSoonAfterAsking() throws Exception {
        var asking = ask();
        moment(random.nextInt(60));
        kill();
        server.start();
        held.add(asking.id());
    }

    private void killWhileReleasing() throws Exception {
        var id = held.remove(random.nextInt(held.size()));
        var releasing =
                Thread.ofVirtual()
                        .start(() -> insist(control -> control.delete("/resources/" + id)));
        moment(random.nextInt(100));
        kill();
        server.start();
        releasing.join();
    }

    private void kill() throws InterruptedException {
        server.kill();
        kills++;
    }

    /// A client that asks until it has an answer, with one key.
    private final class Asking {
        private final String key = UUID.randomUUID().toString();
        private final Thread thread;
        private volatile String id = "";

        Asking() {
            thread = Thread.ofVirtual().start(() -> insist(this::post));
        }

        private void post(ControlClient control) {
            var request =
                    Map.of("config", Map.of("region", "us-west-2", "instance_type", "c7i.large"));
            id = control.post("/resources", request, key).path("id").asString();
        }

        String id() throws InterruptedException {
            if (!thread.join(PATIENCE)) {
                throw new AssertionError("no answer to an allocation");
            }
            return id;
        }
    }

    private Asking ask() {
        return new Asking();
    }

    private interface Call {
        void on(ControlClient control);
    }

    /// The command line's own client, short of patience, asked again when it gave up.
    private void insist(Call call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                call.on(client());
                return;
            } catch (PlatformException e) {
                if (!e.code().retryable() || System.nanoTime() > end) {
                    throw e;
                }
                droppedConnections++;
            }
        }
    }

    private ControlClient client() {
        var backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), random);
        return new ControlClient(server.connection(), backoff);
    }

    private Verdict judged() {
        Until.holds("as many machines as wanted", SETTLED, this::isSettled, this::state);
        var live = cloud.truth("").live().size();
        long doubled =
                cloud.truth("").launches().stream()
                        .collect(groupingBy(KillTrial::intent, counting()))
                        .values()
                        .stream()
                        .mapToLong(machines -> machines - 1)
                        .sum();
        return new Verdict(
                kills,
                betweenIntentAndAnswer,
                droppedConnections,
                held.size(),
                Math.max(0, live - held.size()),
                Math.max(0, held.size() - live),
                doubled);
    }

    private static String intent(Truth.Made made) {
        return made.tags().getOrDefault(InstanceTags.INTENT, "untagged " + made.id());
    }

    /// As many as wanted, and nothing in doubt any more.
    private boolean isSettled() {
        try {
            return cloud.truth("").live().size() == held.size() && inDoubt() == 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Object state() {
        return "%d live, %d wanted".formatted(cloud.truth("").live().size(), held.size());
    }

    private int launches() {
        return cloud.truth("").launches().size();
    }

    /// Intents whose answer is outstanding, as they are on the disk.
    private int inDoubt() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from intent where in_doubt <> 0 and state <> 'CLOSED'")) {
            return rows.getInt(1);
        }
    }

    private static void moment(int millis) throws InterruptedException {
        var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
