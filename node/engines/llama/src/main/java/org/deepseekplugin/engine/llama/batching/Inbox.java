package org.deepseekplugin.engine.llama.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;

/// Where other threads leave work for the decode thread: a bounded queue, and who is to be
/// cancelled.
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ArrayDeque<Sequence> waiting = new ArrayDeque<>();
    private final Map<String, Sequence> known = new HashMap<>();
    private final int slots;
    private final int queue;
    private boolean closed;

    /// @param queue sequences that may wait beyond those that the slots take
    Inbox(int slots, int queue) {
        this.slots = slots;
        this.queue = queue;
    }

    /// @throws PlatformException `overloaded`, `shutting_down`, or `conflict` for an id in use
    void put(Sequence sequence) {
        lock.lock();
        try {
            refuseUnlessRoom();
            if (known.containsKey(sequence.id)) {
                throw new PlatformException(
                        ErrorCode.CONFLICT,
                        "A request with the id " + sequence.id + " is running already.");
            }
            known.put(sequence.id, sequence);
            waiting.add(sequence);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /// @throws PlatformException `overloaded`, `shutting_down`
    void refuseIfFull() {
        lock.lock();
        try {
            refuseUnlessRoom();
        } finally {
            lock.unlock();
        }
    }

    @Nullable Sequence poll() {
        lock.lock();
        try {
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    boolean cancel(String id) {
        lock.lock();
        try {
            var sequence = known.get(id);
            if (sequence != null) {
                sequence.cancel();
                work.signal();
            }
            return sequence != null;
        } finally {
            lock.unlock();
        }
    }

    void forget(Sequence sequence) {
        lock.lock();
        try {
            known.remove(sequence.id);
        } finally {
            lock.unlock();
        }
    }

    /// Takes out those that were cancelled before they got a slot; after [#close] all.
    List<Sequence> takeCancelled() {
        lock.lock();
        try {
            var gone = new ArrayList<>(waiting);
            gone.removeIf(sequence -> !closed && !sequence.isCancelled());
            waiting.removeAll(gone);
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until there is something to do.
    void await() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                work.await();
            }
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void refuseUnlessRoom() {
        if (closed) {
            throw new PlatformException(
                    ErrorCode.SHUTTING_DOWN, "The engine is shutting down; try another replica.");
        }
        if (known.size() >= slots + queue) {
            throw new PlatformException(
                    ErrorCode.OVERLOADED,
                    "%d requests are running and %d are waiting, which is all this engine takes; try again soon."
                            .formatted(slots, queue));
        }
    }
}
