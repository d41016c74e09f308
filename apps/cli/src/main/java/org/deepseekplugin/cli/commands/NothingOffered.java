package org.deepseekplugin.cli.commands;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Why nothing is offered that fits.
final class NothingOffered {
    /// More than these are no help to read.
    private static final int NAMED = 12;

    /// @param asked the filter, by the names that offers give to its keys
    /// @param everything that is offered
    static PlatformException of(Map<String, @Nullable String> asked, JsonNode everything) {
        if (everything.isEmpty()) {
            return nothing(
                    "No cloud offers anything: see `deepseek logs` for what they answer, and docs/configuration.md for how to enable one.");
        }
        for (var entry : asked.entrySet()) {
            var value = entry.getValue();
            var known = new TreeSet<String>();
            everything.forEach(offer -> known.add(Cell.text(offer, entry.getKey())));
            if (value != null && !known.contains(value)) {
                return nothing(unknown(entry.getKey(), value, known));
            }
        }
        var all =
                asked.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(joining(", "));
        return nothing("Nothing is offered that fits all of %s; leave one out.".formatted(all));
    }

    private static String unknown(String key, String value, SortedSet<String> known) {
        var there =
                known.size() <= NAMED
                        ? "; there are " + String.join(", ", known) + "."
                        : " (%d others are).".formatted(known.size());
        var remedy =
                key.equals("region")
                        ? " To rent elsewhere, add it to clouds.<cloud>.regions, such as clouds.aws.regions."
                        : "";
        return "The %s \"%s\" is not offered%s%s%s"
                .formatted(key.replace('_', ' '), value, there, Nearest.hint(value, known), remedy);
    }

    private static PlatformException nothing(String sentence) {
        return new PlatformException(ErrorCode.NOT_FOUND, sentence);
    }

    private NothingOffered() {}
}
