package org.deepseekplugin.cli.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        if (options.detach) {
            return new Detached(dataDir, steps)
                    .start(spec.commandLine().getParseResult().originalArgs());
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stopAndWait));
        try (var _ = UpLock.acquire(dataDir);
                var supervisor = new Supervisor(dataDir, options, new SecureRandom())) {
            provide(dataDir, steps);
            steps.say(
                    options.noDemo
                            ? startPlain(dataDir, supervisor)
                            : startDemo(dataDir, supervisor, steps));
            stop.await();
            steps.say("Stopping ...");
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void provide(DataDir dataDir, Steps steps) {
        var provisions = new Provisions(steps, dataDir.temporary(), System.getenv());
        provisions.weights(dataDir.weights());
        provisions.natives(dataDir.natives());
        provisions.bundle(Distribution.current(), dataDir.natives(), dataDir.bundles());
    }

    private String startDemo(DataDir dataDir, Supervisor supervisor, Steps steps) {
        steps.say("Starting the emulated clouds and the server ...");
        var endpoints = supervisor.startEmulator();
        DemoProfile.write(dataDir.demoConfig(), endpoints);
        var server = supervisor.startServer(config(dataDir, Optional.of(dataDir.demoConfig())));
        steps.say("Renting an emulated machine for " + DemoProfile.ALIAS + " ...");
        var control = control(dataDir);
        new DemoDeployment(control, steps, stop).deploy(DemoProfile.service(endpoints));
        return Ready.demo(server, new DemoKey(dataDir, control).value());
    }

    private String startPlain(DataDir dataDir, Supervisor supervisor) {
        JsonNode server = supervisor.startServer(config(dataDir, Optional.empty()));
        return Ready.plain(server);
    }

    /// The demo's file first, so that the user's own lies over it.
    private List<Path> config(DataDir dataDir, Optional<Path> demo) {
        var files = new ArrayList<Path>();
        demo.ifPresent(files::add);
        files.addAll(options.config);
        var own = dataDir.root().resolve("deepseek.yaml");
        if (options.config.isEmpty() && Files.exists(own)) {
            files.add(own);
        }
        return files;
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
