package org.deepseekplugin.cloud.aws;

/// An interrupt that ended a wait must still be seen by whoever runs the thread. The SDK keeps the
/// ones that it meets.
final class Interrupts {

    static void keep(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private Interrupts() {}
}
