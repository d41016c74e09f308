package org.deepseekplugin.cli.up;

import java.nio.file.Path;

/// How a person types the commands that follow: the launcher as it was called, and the data
/// directory where it is not the usual one.
///
/// @param program such as `./deepseek`
record Launcher(String program, Path dataDir) {
    private static final String PROPERTY = "deepseek.launcher";

    static Launcher of(DataDir dataDir) {
        return new Launcher(System.getProperty(PROPERTY, "deepseek"), dataDir.root());
    }

    /// The same for a process that this one starts.
    String property() {
        return "-D" + PROPERTY + "=" + program;
    }

    /// @param command such as `status`
    String line(String command) {
        var usual = Path.of(System.getProperty("user.home"), ".deepseek");
        var line = quoted(program) + " " + command;
        return dataDir.equals(usual) ? line : line + " --data-dir " + quoted(dataDir.toString());
    }

    static String quoted(String word) {
        return word.matches("[\\w./:@%+,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
