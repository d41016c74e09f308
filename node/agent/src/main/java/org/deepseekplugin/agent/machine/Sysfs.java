package org.deepseekplugin.agent.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The kernel's small files, one value each. A file that is missing, or that the driver refuses to
/// read at the moment, is no value.
///
/// @param root `/`, or a copy of a machine's
record Sysfs(Path root) {

    Optional<String> text(String path) {
        return text(root.resolve(path));
    }

    /// Without line end and the NUL that the device tree's texts have.
    static Optional<String> text(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), UTF_8).replace("\0", "").strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// @param unit what one of the file's counts is worth
    /// @return NaN where there is no number
    static double number(Path file, double unit) {
        try {
            return text(file).map(Double::parseDouble).map(n -> n * unit).orElse(Double.NaN);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    static long mib(Path file) {
        var bytes = number(file, 1);
        return Double.isNaN(bytes) ? 0 : (long) bytes >> 20;
    }

    /// Entries whose name fits, in the order of their numbers: `card2` before `card10`.
    ///
    /// @param glob as in [Files#newDirectoryStream(Path, String)]
    List<Path> entries(String folder, String glob) {
        return entries(root.resolve(folder), glob);
    }

    static List<Path> entries(Path folder, String glob) {
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(Sysfs::digits).thenComparing(Comparator.naturalOrder()));
        return found;
    }

    private static int digits(Path entry) {
        var digits = entry.getFileName().toString().replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    static double firstNumber(double... candidates) {
        for (double candidate : candidates) {
            if (!Double.isNaN(candidate)) {
                return candidate;
            }
        }
        return Double.NaN;
    }
}
