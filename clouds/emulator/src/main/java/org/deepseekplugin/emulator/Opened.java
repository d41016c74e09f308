package org.deepseekplugin.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was opened, to be closed in the opposite order, also when opening stops half-way.
final class Opened implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T opened) {
        all.push(opened);
        return opened;
    }

    /// Closes everything, even if one of them fails. Nothing happens the second time.
    @Override
    public synchronized void close() {
        while (!all.isEmpty()) {
            var next = all.pop();
            try {
                next.close();
            } catch (Exception e) {
                log.atWarn().setCause(e).log("cannot close {}", next.getClass().getSimpleName());
            }
        }
    }
}
