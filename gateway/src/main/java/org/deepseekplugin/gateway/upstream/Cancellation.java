package org.deepseekplugin.gateway.upstream;

import org.jspecify.annotations.Nullable;

/// Tells whoever works on a request that nobody waits for it any more. Lives on one event loop.
public final class Cancellation {
    private @Nullable Runnable action;
    private boolean cancelled;

    /// Replaces what shall happen on [#cancel]; runs it at once if that has been.
    public void onCancel(Runnable action) {
        if (cancelled) {
            action.run();
        } else {
            this.action = action;
        }
    }

    /// Nothing is left to cancel.
    public void done() {
        action = null;
    }

    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            if (action != null) {
                action.run();
                action = null;
            }
        }
    }

    public boolean cancelled() {
        return cancelled;
    }
}
