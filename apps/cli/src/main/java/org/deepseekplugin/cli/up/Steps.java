package org.deepseekplugin.cli.up;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.deepseekplugin.platform.artifacts.Progress;
import org.jspecify.annotations.Nullable;

/// Says what `up` is doing: a bar on a terminal, a line when piped.
public final class Steps {
    private static final long MIB = 1 << 20;

    private final PrintWriter out;
    private final boolean terminal;

    /// @param out bars are drawn only if the process has a terminal
    public static Steps on(PrintWriter out) {
        return new Steps(
                out, Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
    }

    Steps(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /// One bar, or one line, for what is fetched together; nothing where there is nothing to do.
    ///
    /// @param size of all of it in bytes
    Fetch fetch(String name, long size) {
        return new Fetch(name, size);
    }

    final class Fetch implements Progress, AutoCloseable {
        private final String name;
        private final long size;
        private long before;
        private boolean said;
        private @Nullable ProgressBar bar;

        private Fetch(String name, long size) {
            this.name = name;
            this.size = size;
        }

        /// The next file of the same fetch follows.
        void done(long bytes) {
            before += bytes;
        }

        /// @param total of one file; 0 while a package that holds it is on its way
        @Override
        public void report(String now, long done, long total) {
            if (terminal) {
                bar().stepTo(total > 0 ? before + done : before);
            } else if (!said) {
                say("  " + name + " (" + (size + MIB - 1) / MIB + " MiB)");
            }
            said = true;
        }

        private ProgressBar bar() {
            var shown = bar;
            if (shown == null) {
                shown =
                        new ProgressBarBuilder()
                                .setTaskName("  " + name)
                                .setUnit(" MiB", MIB)
                                .setInitialMax(size)
                                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                                .build();
                bar = shown;
            }
            return shown;
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
