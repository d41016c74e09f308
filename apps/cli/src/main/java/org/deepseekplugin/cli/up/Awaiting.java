package org.deepseekplugin.cli.up;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Waits for what a child shall write or reach, and gives up when the child ends or time is up.
final class Awaiting {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /// @param look empty until what is awaited is there
    /// @throws PlatformException with the child's last words when it ended first
    static <T> T until(String what, Child child, Duration deadline, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + deadline.toNanos();
        while (System.nanoTime() < end) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            exitCode(what, child)
                    .ifPresent(code -> {
                        throw ended(what, child, code);
                    });
        }
        throw new PlatformException(
                ErrorCode.UPSTREAM_TIMEOUT,
                "%s was not ready within %d s. Its last words:\n%s"
                        .formatted(
                                what, deadline.toSeconds(), String.join("\n", child.lastWords(8))));
    }

    /// Waits for a moment; empty while the child lives.
    private static Optional<Integer> exitCode(String what, Child child) {
        try {
            return Optional.of(child.firstExit().get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(
                    ErrorCode.SHUTTING_DOWN, "Interrupted while waiting for " + what + ".", e);
        }
    }

    private static PlatformException ended(String what, Child child, int code) {
        var lastWords = String.join("\n", child.lastWords(8));
        return new PlatformException(
                ErrorCode.INTERNAL, "%s ended with code %d:\n%s".formatted(what, code, lastWords));
    }

    private Awaiting() {}
}
