package org.deepseekplugin.server;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that ask one after another, in turn for a stream and for a short answer, and complain
/// about everything that is not whole.
final class Load implements AutoCloseable {
    private final ApiClient client;
    private final List<Caller> callers = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean stopping;

    Load(ApiClient client) {
        this.client = client;
    }

    /// As many callers in all.
    void run(int count) {
        while (callers.size() < count) {
            var caller = new Caller();
            callers.add(caller);
            caller.thread = Thread.ofVirtual().start(caller);
        }
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    int streams() {
        return streams.get();
    }

    boolean allHaveEndedTwice() {
        return callers.stream().allMatch(caller -> caller.rounds.get() >= 2);
    }

    private final class Caller implements Runnable {
        private final AtomicInteger rounds = new AtomicInteger();
        private Thread thread;

        @Override
        public void run() {
            while (!stopping) {
                ask(true);
                ask(false);
                rounds.incrementAndGet();
            }
        }

        private void ask(boolean stream) {
            try {
                var answer = client.chat(stream);
                boolean whole = answer.body().contains(stream ? "[DONE]" : "\"choices\"");
                if (answer.statusCode() != 200 || !whole || answer.body().contains("\"error\"")) {
                    failures.add(answer.statusCode() + " " + answer.body());
                }
                if (stream) {
                    streams.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                failures.add(e.toString());
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (var caller : callers) {
            caller.thread.join();
        }
    }
}
