package org.deepseekplugin.agent.engine;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one engine running until [#stop]: pulls its weights, starts it, watches it, and starts it
/// again when it ends. A thread of its own does all of that; the public state may be read from any.
final class SupervisedEngine {
    private static final Logger log = LoggerFactory.getLogger(SupervisedEngine.class);

    private static final Duration STARTING_POLL = Duration.ofMillis(100);

    /// One missed answer is a busy machine, three are an engine that cannot take requests.
    private static final int TOLERATED_MISSES = 2;

    private final EngineSpec spec;
    private final EngineLauncher launcher;
    private final EngineFolder folder;
    private final WeightsStore weights;
    private final Supervision supervision;
    private final Runnable changed;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final UnusedWeights.Hold hold;
    private Optional<SupervisedEngine> predecessor = Optional.empty();

    private volatile EngineStatus status;
    private volatile int port;
    private volatile boolean stopping;
    private volatile boolean pulling;
    private volatile Duration drain;

    /// @param changed called when the state changes
    SupervisedEngine(
            EngineSpec spec,
            EngineLauncher launcher,
            EngineFolder folder,
            WeightsStore weights,
            Supervision supervision,
            Runnable changed) {
        this.spec = spec;
        this.launcher = launcher;
        this.folder = folder;
        this.weights = weights;
        this.supervision = supervision;
        this.changed = changed;
        this.drain = supervision.drain();
        this.status =
                new EngineStatus(
                        spec.replica(), State.PULLING, "", 0, 0, EngineStats.IDLE, Unknown.NONE);
        this.hold = weights.hold(spec.weights());
        this.thread = Thread.ofVirtual().name("engine " + spec.replica()).unstarted(this::run);
    }

    /// @param previous ran under the same name: it must have ended first
    void start(Optional<SupervisedEngine> previous) {
        predecessor = previous;
        thread.start();
    }

    EngineSpec spec() {
        return spec;
    }

    EngineStatus status() {
        return status;
    }

    /// Where it may be called; empty while it is not ready.
    OptionalInt port() {
        return status.state() == State.READY ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /// Asks it to end, in its own time: running requests may finish within `limit`.
    void stop(Duration limit) {
        drain = limit;
        stopping = true;
        wake.release();
        if (pulling) {
            thread.interrupt();
        }
    }

    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void run() {
        try (hold) {
            if (predecessor.isPresent()) {
                predecessor.get().awaitEnd();
                predecessor = Optional.empty();
            }
            int failures = 0;
            while (!stopping) {
                var began = supervision.clock().instant();
                var ending = attempt();
                if (!stopping) {
                    var ran = Duration.between(began, supervision.clock().instant());
                    boolean lasted = ran.compareTo(supervision.restarts().most()) > 0;
                    failures = lasted ? 1 : failures + 1;
                    waitAfter(ending, supervision.restarts().after(failures));
                }
            }
        } catch (InterruptedException e) {
            log.atDebug().addKeyValue("replica", spec.replica()).log("interrupted");
        } finally {
            become(State.STOPPED, "", 0);
        }
    }

    private void waitAfter(String ending, Duration pause) throws InterruptedException {
        log.atWarn()
                .addKeyValue("replica", spec.replica())
                .addKeyValue("reason", ending)
                .addKeyValue("pauseMillis", pause.toMillis())
                .log("engine is not running, trying again");
        status = restarted(status);
        become(State.FAILED, ending, 0);
        var _ = wake.tryAcquire(pause.toMillis(), MILLISECONDS);
    }

    /// From weights to the end of the process.
    ///
    /// @return why it ended, in a sentence
    private String attempt() throws InterruptedException {
        try {
            become(State.PULLING, "", 0);
            pulling = true;
            var files = weights.pull(spec.weights(), this::pulled);
            pulling = false;
            if (stopping) {
                return "";
            }
            var command = launcher.command(spec, files, folder);
            become(State.STARTING, "", 0);
            wake.drainPermits();
            return watch(EngineProcess.start(command, folder, wake::release), command.probes());
        } catch (PlatformException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "Cannot start the engine: " + e.getMessage();
        } finally {
            pulling = false;
        }
    }

    private String watch(EngineProcess process, EngineCommand.Probes probes)
            throws InterruptedException {
        try {
            var lastAnswer = supervision.clock().instant();
            boolean wasReady = false;
            int misses = 0;
            while (process.alive() && !stopping) {
                if (answers(process, probes)) {
                    lastAnswer = supervision.clock().instant();
                    wasReady = true;
                    misses = 0;
                } else if (++misses > TOLERATED_MISSES && status.state() == State.READY) {
                    become(State.STARTING, "The engine does not answer.", 0);
                }
                var patience = wasReady ? supervision.silence() : supervision.start();
                if (lastAnswer.plus(patience).isBefore(supervision.clock().instant())) {
                    return "The engine was silent for " + patience + " and was killed.";
                }
                pause(wasReady ? supervision.poll() : STARTING_POLL);
            }
            if (process.alive()) {
                drain(process, new EngineApi(port, probes));
                return "";
            }
            return "The engine ended with " + process.ending() + lastWords();
        } finally {
            process.kill();
        }
    }

    private boolean answers(EngineProcess process, EngineCommand.Probes probes) {
        var listening = process.port();
        if (listening.isEmpty()) {
            return false;
        }
        var api = new EngineApi(listening.getAsInt(), probes);
        if (!api.healthy()) {
            return false;
        }
        port = listening.getAsInt();
        status = with(status, api.stats(status.stats()));
        if (status.state() != State.READY) {
            log.atInfo()
                    .addKeyValue("replica", spec.replica())
                    .addKeyValue("pid", process.pid())
                    .log("engine ready");
            become(State.READY, "", 1);
        }
        return true;
    }

    private void drain(EngineProcess process, EngineApi api) throws InterruptedException {
        become(State.DRAINING, "", 0);
        var deadline = supervision.clock().instant().plus(drain);
        boolean understood = port != 0 && api.drain();
        while (understood && process.alive() && supervision.clock().instant().isBefore(deadline)) {
            status = with(status, api.stats(status.stats()));
            if (status.stats().running() + status.stats().waiting() == 0) {
                break;
            }
            pause(STARTING_POLL);
        }
        process.stop(supervision.term());
    }

    private String lastWords() {
        var lines = EngineProcess.log(folder).tail(1);
        return lines.isEmpty() ? "." : ". Its last words: " + lines.getFirst();
    }

    private void pulled(String step, long done, long total) {
        status = described(status, step, total == 0 ? 0 : (double) done / total);
    }

    private void pause(Duration duration) throws InterruptedException {
        var _ = wake.tryAcquire(duration.toMillis(), MILLISECONDS);
    }

    private void become(State state, String detail, double progress) {
        var was = status;
        if (state != State.READY && state != State.DRAINING) {
            port = 0;
        }
        status =
                new EngineStatus(
                        was.replica(),
                        state,
                        detail,
                        progress,
                        was.restarts(),
                        was.stats(),
                        Unknown.NONE);
        if (was.state() != state) {
            changed.run();
        }
    }

    private static EngineStatus described(EngineStatus was, String detail, double progress) {
        return new EngineStatus(
                was.replica(),
                was.state(),
                detail,
                progress,
                was.restarts(),
                was.stats(),
                Unknown.NONE);
    }

    private static EngineStatus with(EngineStatus was, EngineStats stats) {
        return new EngineStatus(
                was.replica(),
                was.state(),
                was.detail(),
                was.progress(),
                was.restarts(),
                stats,
                Unknown.NONE);
    }

    private static EngineStatus restarted(EngineStatus was) {
        return new EngineStatus(
                was.replica(),
                was.state(),
                was.detail(),
                was.progress(),
                was.restarts() + 1,
                EngineStats.IDLE,
                Unknown.NONE);
    }
}
