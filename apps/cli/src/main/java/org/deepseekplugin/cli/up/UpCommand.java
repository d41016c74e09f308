package org.deepseekplugin.cli.up;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.cli.client.Connection;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.platform.time.Backoff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `deepseek up`: from a bare machine to an answer. In the foreground until Ctrl-C, which ends
/// everything.
@Command(
        name = "up",
        description = "Start everything and keep it running; Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Mixin private UpOptions options = new UpOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        var steps = Steps.on(spec.commandLine().getOut());
        var dataDir = DataDir.open(options.dataDir);
        var own = OwnConfiguration.of(options.config, dataDir);
        if (options.detach) {
            return new Detached(dataDir, steps)
                    .start(spec.commandLine().getParseResult().originalArgs());
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopAndWait));
        try (var _ = UpLock.acquire(dataDir);
                var supervisor = new Supervisor(dataDir, options, new SecureRandom())) {
            check(own, dataDir);
            provide(dataDir, steps);
            steps.say(
                    options.noDemo
                            ? startPlain(dataDir, own, supervisor)
                            : startDemo(dataDir, own, supervisor, steps));
            stop.await();
            steps.say(Unfinished.sentence(dataDir).orElse("Stopping ..."));
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void check(OwnConfiguration own, DataDir dataDir) {
        if (options.noDemo) {
            own.check(List.of());
        } else {
            DemoProfile.write(dataDir.demoConfig(), Endpoints.unknown());
            own.check(List.of(dataDir.demoConfig()));
        }
    }

    private static void provide(DataDir dataDir, Steps steps) {
        var provisions = new Provisions(steps, dataDir.temporary(), System.getenv());
        provisions.weights(dataDir.weights());
        provisions.natives(dataDir.natives());
        provisions.bundle(Distribution.current(), dataDir.natives(), dataDir.bundles());
    }

    private String startDemo(
            DataDir dataDir, OwnConfiguration own, Supervisor supervisor, Steps steps) {
        steps.say("Starting the emulated clouds and the server ...");
        var endpoints = supervisor.startEmulator();
        DemoProfile.write(dataDir.demoConfig(), endpoints);
        var server = supervisor.startServer(own.over(List.of(dataDir.demoConfig())));
        steps.say("Waiting for an emulated machine that serves " + DemoProfile.ALIAS + " ...");
        var control = control(dataDir);
        new DemoDeployment(control, steps, Launcher.of(dataDir), stop)
                .deploy(DemoProfile.service(endpoints));
        return ready(server, dataDir).demo(new DemoKey(dataDir, control).value());
    }

    private String startPlain(DataDir dataDir, OwnConfiguration own, Supervisor supervisor) {
        return ready(supervisor.startServer(own.files()), dataDir).plain();
    }

    private Ready ready(JsonNode server, DataDir dataDir) {
        return new Ready(server, dataDir, Launcher.of(dataDir), options.detached);
    }

    private static ControlClient control(DataDir dataDir) {
        return new ControlClient(
                Connection.find(dataDir.root(), Map.of()),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), new SecureRandom()));
    }

    /// Runs in the shutdown hook: Ctrl-C, TERM, or the end of the program.
    private void stopAndWait() {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
