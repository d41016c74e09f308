package org.deepseekplugin.cli.output;

import java.io.PrintWriter;

/// Follows something that changes: one line that is written over on a terminal, a line for each
/// change when piped.
public final class StateLine implements AutoCloseable {
    private static final String ERASE = "\r\033[K";

    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";

    public StateLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    public void show(String line) {
        if (line.equals(shown)) {
            return;
        }
        shown = line;
        if (terminal) {
            err.print(ERASE + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    /// Leaves the last line standing.
    @Override
    public void close() {
        if (terminal && !shown.isEmpty()) {
            err.println();
            err.flush();
        }
    }
}
