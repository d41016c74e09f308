package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes llama.cpp's log lines into ours: warnings and errors as such, all else as debug.
final class NativeLog {
    private static final Logger log = LoggerFactory.getLogger("llama.cpp");
    // enum ggml_log_level
    private static final int WARN = 3;
    private static final int ERROR = 4;

    private volatile String lastError = "";

    NativeLog(Symbols symbols) {
        try {
            var target =
                    MethodHandles.lookup()
                            .bind(
                                    this,
                                    "line",
                                    MethodType.methodType(
                                            void.class,
                                            int.class,
                                            MemorySegment.class,
                                            MemorySegment.class));
            var stub = symbols.upcall(target, JAVA_INT, ADDRESS, ADDRESS);
            for (var setter : new String[] {"llama_log_set", "ggml_log_set"}) {
                var set = symbols.procedure(setter, ADDRESS, ADDRESS);
                Native.run(() -> {
                    set.invokeExact(stub, MemorySegment.NULL);
                });
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method line", e);
        }
    }

    String lastError() {
        return lastError;
    }

    /// Called from native threads. Nothing may be thrown from here: it would end the process.
    @SuppressWarnings("UnusedMethod") // bound by name above
    private void line(int level, MemorySegment text, MemorySegment ignored) {
        try {
            if (level == ERROR) {
                lastError = Native.string(text).strip();
                log.error(lastError);
            } else if (level == WARN) {
                log.warn(Native.string(text).strip());
            } else if (log.isDebugEnabled()) {
                log.debug(Native.string(text).strip());
            }
        } catch (RuntimeException e) {
            lastError = "an unreadable log line: " + e;
        }
    }
}
