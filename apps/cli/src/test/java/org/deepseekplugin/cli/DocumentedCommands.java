package org.deepseekplugin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a page says about the command line: a table of commands first; then tables of flags, each
/// under a heading `###` with its command, or under one without, for those that commands share.
///
/// @param synopses `deploy FILE`
/// @param flags by command; of each the first two cells, `-n, --lines N | 100`
record DocumentedCommands(
        SortedSet<String> synopses,
        SortedMap<String, SortedSet<String>> flags,
        SortedSet<String> shared) {
    private static final Pattern COMMAND = Pattern.compile("### `([a-z ]+)`");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (?:`([^`]+)` \\|)?.*");

    static DocumentedCommands of(Path page) throws IOException {
        var said = new DocumentedCommands(new TreeSet<>(), new TreeMap<>(), new TreeSet<>());
        var heading = "";
        for (var line : Files.readAllLines(page)) {
            if (line.startsWith("##")) {
                heading = line;
            } else if (heading.startsWith("### ")) {
                said.addFlag(heading, line);
            } else if (said.flags.isEmpty()) {
                said.addCommand(line);
            }
        }
        return said;
    }

    private void addCommand(String line) {
        var row = ROW.matcher(line);
        if (row.matches()) {
            synopses.add(row.group(1));
        }
    }

    private void addFlag(String heading, String line) {
        var row = ROW.matcher(line);
        var command = COMMAND.matcher(heading);
        if (row.matches()) {
            var rows =
                    command.matches()
                            ? flags.computeIfAbsent(command.group(1), _ -> new TreeSet<>())
                            : shared;
            rows.add(row.group(1) + " | " + (row.group(2) == null ? "none" : row.group(2)));
        }
    }
}
