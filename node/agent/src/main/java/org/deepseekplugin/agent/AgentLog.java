package org.deepseekplugin.agent;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.LoggerFactory;

/// The agent's own last words, kept in memory to answer `TailLog`. Thread-safe.
public final class AgentLog extends AppenderBase<ILoggingEvent> {
    private static final int LINES = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    /// Hears all that is logged from now on.
    public static AgentLog attach() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new AgentLog();
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        var pairs = event.getKeyValuePairs() == null ? "" : " " + event.getKeyValuePairs();
        var line = event.getInstant() + " " + event.getLevel() + " " + event.getFormattedMessage();
        synchronized (lines) {
            lines.addLast(line + pairs);
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
    }

    /// Oldest first.
    List<String> tail(int count) {
        synchronized (lines) {
            return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
        }
    }
}
