package org.deepseekplugin.cloud.aws;

import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.AbortedException;

/// An interrupt that ended a call must still be seen by whoever runs the thread.
final class Interrupts {

    static void keep(Exception e) {
        boolean interrupted =
                Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                        .limit(10)
                        .anyMatch(cause ->
                                cause instanceof InterruptedException
                                        || cause instanceof AbortedException);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Interrupts() {}
}
