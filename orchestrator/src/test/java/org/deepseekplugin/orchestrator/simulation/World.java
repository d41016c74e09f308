package org.deepseekplugin.orchestrator.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.Random;
import org.deepseekplugin.orchestrator.reconcile.Scheduler;

/// Virtual time, and everything that is going to happen in it, on one thread. Equal seeds give
/// equal runs.
public final class World implements InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DEEPEST = 3;

    private record Task(Instant due, long order, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Random random;
    private Instant now = START;
    private Duration error = Duration.ZERO;
    private long order;
    private int depth;

    public World(long seed) {
        random = new Random(seed);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /// The clocks of our processes, which are set now and then; clouds have better ones.
    public InstantSource wall() {
        return () -> now.plus(error);
    }

    public void setClocksBy(Duration step) {
        error = error.plus(step);
    }

    public Random random() {
        return random;
    }

    public void after(Duration delay, Runnable work) {
        tasks.add(new Task(now.plus(delay), order++, work));
    }

    public void every(Duration time, Runnable work) {
        after(
                time,
                () -> {
                    every(time, work);
                    work.run();
                });
    }

    /// Runs everything that is due until then.
    public void runFor(Duration time) {
        var end = now.plus(time);
        while (!tasks.isEmpty() && !tasks.peek().due().isAfter(end)) {
            var task = tasks.poll();
            now = task.due().isAfter(now) ? task.due() : now;
            task.work().run();
        }
        now = end.isAfter(now) ? end : now;
    }

    /// A blocking call takes its time: what other threads do meanwhile happens now.
    void block() {
        if (depth < DEEPEST && random.nextInt(3) == 0) {
            deeper(Duration.ofMillis(random.nextInt(4_000)));
        }
    }

    /// A thread that commits lets others go first now and then.
    void preempt() {
        if (depth < DEEPEST && random.nextInt(20) == 0) {
            deeper(Duration.ofMillis(random.nextInt(1_000)));
        }
    }

    private void deeper(Duration time) {
        depth++;
        try {
            runFor(time);
        } finally {
            depth--;
        }
    }

    /// A process's view: nothing of it runs any more once it is closed.
    public Scheduler process() {
        return new Scheduler() {
            private boolean closed;

            @Override
            public void after(Duration delay, Runnable task) {
                World.this.after(
                        delay,
                        () -> {
                            if (!closed) {
                                task.run();
                            }
                        });
            }

            @Override
            public Duration uptime() {
                return Duration.between(START, now);
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
