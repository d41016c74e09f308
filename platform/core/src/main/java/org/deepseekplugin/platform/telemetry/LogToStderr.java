package org.deepseekplugin.platform.telemetry;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Every process logs JSON lines to stderr, one event a line; `DEEPSEEK_LOG_LEVEL` sets how much.
/// Found by logback as a service; reading XML instead would be the longest part of a small
/// process's start. A file named by `logback.configurationFile`, or a `logback-test.xml`, goes
/// before it.
public final class LogToStderr extends ContextAwareBase implements Configurator {
    /// One line a request.
    private static final String ACCESS = "deepseek.access";

    private static final int ACCESS_LINES = 8192;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || getClass().getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        for (var chatty : new String[] {"org.flywaydb", "com.zaxxer.hikari"}) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level());
        var stderr = stderr(context);
        root.addAppender(stderr);
        var access = context.getLogger(ACCESS);
        access.setAdditive(false);
        access.addAppender(neverWaiting(context, stderr));
        Runtime.getRuntime().addShutdownHook(new Thread(context::stop, "log"));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
        var lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(lines);
        appender.start();
        return appender;
    }

    /// For event loops, which must not wait: a log that nobody reads loses lines.
    private static AsyncAppender neverWaiting(
            LoggerContext context, ConsoleAppender<ILoggingEvent> stderr) {
        var appender = new AsyncAppender();
        appender.setContext(context);
        appender.setName("access");
        appender.setQueueSize(ACCESS_LINES);
        appender.setDiscardingThreshold(0);
        appender.setNeverBlock(true);
        appender.addAppender(stderr);
        appender.start();
        return appender;
    }

    private static Level level() {
        var name = System.getProperty("DEEPSEEK_LOG_LEVEL", System.getenv("DEEPSEEK_LOG_LEVEL"));
        return Level.toLevel(name, Level.INFO);
    }
}
