package org.deepseekplugin.orchestrator.simulation;

/// The process dies here. An error, so that nothing on the way handles it.
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super(where, null, false, false);
    }
}
