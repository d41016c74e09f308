package org.deepseekplugin.cloud.spi;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Optional;

/// Finds what a person meant to type: for the problems of a [Claim.Flawed] and of configuration.
public final class Suggestion {

    /// The candidate with the smallest edit distance, if it is near enough to be a slip: at most a
    /// third of the length.
    public static Optional<String> nearest(String typed, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(typed, candidate) <= slip(typed, candidate))
                .min(
                        comparingInt((String candidate) -> distance(typed, candidate))
                                .thenComparing(candidate -> candidate));
    }

    /// `"us-wst-2" is not a region; did you mean us-west-2?`, or the first half of it.
    ///
    /// @param what with its article: `a region`
    public static String notA(String what, String typed, Collection<String> candidates) {
        return "\"%s\" is not %s".formatted(typed, what)
                + nearest(typed, candidates).map(near -> "; did you mean " + near + "?").orElse("");
    }

    private static int slip(String a, String b) {
        return Math.max(1, Math.max(a.length(), b.length()) / 3);
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

    private Suggestion() {}
}
