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

    /// A bar for a fetch; it shows nothing when there was nothing to do.
    Fetch fetch(String name) {
        return new Fetch(name);
    }

    final class Fetch implements Progress, AutoCloseable {
        private final String name;
        private @Nullable ProgressBar bar;
        private String step = "";

        private Fetch(String name) {
            this.name = name;
        }

        @Override
        public void report(String now, long done, long total) {
            if (terminal) {
                advance(now, done, total);
            } else if (!now.equals(step)) {
                say("  " + now + (total > 0 ? " (" + (total + MIB - 1) / MIB + " MiB)" : ""));
            }
            step = now;
        }

        private void advance(String now, long done, long total) {
            var shown = bar;
            if (shown == null) {
                shown =
                        new ProgressBarBuilder()
                                .setTaskName("  " + name)
                                .setUnit(" MiB", MIB)
                                .setInitialMax(total)
                                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                                .build();
                bar = shown;
            }
            shown.maxHint(total);
            shown.stepTo(done);
            shown.setExtraMessage(now);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
