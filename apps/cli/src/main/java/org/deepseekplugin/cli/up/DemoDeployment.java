package org.deepseekplugin.cli.up;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Makes sure that the demo service is deployed, and waits until it answers.
final class DemoDeployment {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ControlClient control;
    private final Steps steps;
    private final Launcher launcher;
    private final CountDownLatch stop;

    /// @param stop ends the waiting when counted down
    DemoDeployment(ControlClient control, Steps steps, Launcher launcher, CountDownLatch stop) {
        this.control = control;
        this.launcher = launcher;
        this.steps = steps;
        this.stop = stop;
    }

    /// Deploying the same service again changes nothing, so this is safe at every start.
    void deploy(Map<String, Object> service) {
        control.post("/services", service, "up-" + UUID.randomUUID());
        awaitReady();
    }

    private void awaitReady() {
        long end = System.nanoTime() + DEADLINE.toNanos();
        String told = "";
        while (System.nanoTime() < end) {
            var service = control.get("/services/" + DemoProfile.SERVICE);
            var state = DemoState.of(service, control.get("/nodes"));
            if (state.ready()) {
                return;
            }
            told = tell(told, state.sentence());
            pause();
        }
        throw new PlatformException(
                ErrorCode.UPSTREAM_TIMEOUT,
                "The demo service was not ready within %d minutes (%s). See %s and %s."
                        .formatted(
                                DEADLINE.toMinutes(),
                                told,
                                launcher.line("events"),
                                launcher.line("logs")));
    }

    private String tell(String before, String now) {
        if (!now.equals(before)) {
            steps.say("  " + now);
        }
        return now;
    }

    private void pause() {
        try {
            if (stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new PlatformException(
                        ErrorCode.SHUTTING_DOWN, "Stopped before the demo service was ready.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.SHUTTING_DOWN, "Interrupted.", e);
        }
    }
}
