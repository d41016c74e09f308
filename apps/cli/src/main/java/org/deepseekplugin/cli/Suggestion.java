package org.deepseekplugin.cli;

import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.platform.errors.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command, and what the person may have meant.
final class Suggestion {

    static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            var typed = unmatched.getUnmatched().getFirst();
            var kind = typed.startsWith("-") ? "option" : "command";
            return "There is no %s \"%s\".".formatted(kind, typed)
                    + Nearest.hint(typed, known(e.getCommandLine(), kind));
        }
        return String.valueOf(e.getMessage());
    }

    private static List<String> known(CommandLine command, String kind) {
        if (kind.equals("command")) {
            return List.copyOf(command.getSubcommands().keySet());
        }
        var names = new ArrayList<String>();
        for (var option : command.getCommandSpec().options()) {
            names.add(option.longestName());
        }
        return names;
    }

    private Suggestion() {}
}
