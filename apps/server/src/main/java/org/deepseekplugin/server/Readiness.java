package org.deepseekplugin.server;

/// Whether requests should be sent here: from the end of the start to the begin of the stop.
final class Readiness {
    private volatile boolean ready;

    boolean isReady() {
        return ready;
    }

    void ready() {
        ready = true;
    }

    void stopping() {
        ready = false;
    }
}
