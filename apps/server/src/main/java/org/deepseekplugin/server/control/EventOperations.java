package org.deepseekplugin.server.control;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.orchestrator.events.Event;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.server.control.ControlReply.ServerEvent;

/// What happened, as a list or as a stream.
public final class EventOperations implements Operations, AutoCloseable {
    private static final int PAGE = 100;

    /// How late a follower may hear of something.
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Events events;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public EventOperations(Events events) {
        this.events = events;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of("listEvents", this::list);
    }

    private ControlReply list(ControlCall call) {
        int limit = call.number("limit", PAGE);
        var after =
                call.parameter("after")
                        .or(() -> call.parameter("Last-Event-ID"))
                        .map(Long::parseLong);
        var page =
                after.map(seq -> events.list(call.project(), seq, limit))
                        .orElseGet(() -> events.newest(call.project(), limit));
        return call.flag("follow")
                ? new ControlReply.Events(new Following(call.project(), page, after.orElse(0L)))
                : ControlReply.ok(Map.of("events", page));
    }

    /// Ends every stream.
    @Override
    public void close() {
        stopping.countDown();
    }

    /// Reads on where it stopped, until the server does.
    private final class Following implements Iterator<ServerEvent> {
        private final String project;
        private final Queue<Event> read = new ArrayDeque<>();
        private long after;

        private Following(String project, List<Event> first, long after) {
            this.project = project;
            this.after = after;
            read.addAll(first);
        }

        @Override
        public boolean hasNext() {
            try {
                while (read.isEmpty()) {
                    read.addAll(events.list(project, after, PAGE));
                    if (read.isEmpty()
                            && stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                        return false;
                    }
                }
                return true;
            } catch (InterruptedException readerGone) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public ServerEvent next() {
            var event = read.remove();
            after = event.seq();
            return new ServerEvent(Long.toString(event.seq()), event.kind(), event);
        }
    }
}
