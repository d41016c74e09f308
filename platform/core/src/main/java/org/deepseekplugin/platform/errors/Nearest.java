package org.deepseekplugin.platform.errors;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Optional;

/// Finds what a person meant to type.
public final class Nearest {

    /// The candidate with the smallest edit distance, if it is near enough to be a slip: at most a
    /// third of the length.
    public static Optional<String> to(String typed, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate ->
                        distance(typed, candidate)
                                <= Math.max(1, Math.max(typed.length(), candidate.length()) / 3))
                .min(
                        comparingInt((String candidate) -> distance(typed, candidate))
                                .thenComparing(candidate -> candidate));
    }

    /// ` Did you mean "x"?`, or nothing: made to be appended to a sentence.
    public static String hint(String typed, Collection<String> candidates) {
        return to(typed, candidates).map(near -> " Did you mean \"" + near + "\"?").orElse("");
    }

    /// Levenshtein's distance, one row at a time.
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private Nearest() {}
}
