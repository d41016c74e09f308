package org.deepseekplugin.cli.commands;

/// Undoes something if the program is interrupted before [#forget].
final class Regret implements AutoCloseable {
    private final Thread hook;
    private final Runnable undo;
    private volatile boolean armed = true;

    Regret(Runnable undo) {
        this.undo = undo;
        this.hook = Thread.ofPlatform().name("undo").unstarted(this::undoIfArmed);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void forget() {
        armed = false;
    }

    private void undoIfArmed() {
        if (armed) {
            undo.run();
        }
    }

    /// A failure, a deadline included, leaves things as they are: the message says what to do.
    @Override
    public void close() {
        armed = false;
    }
}
