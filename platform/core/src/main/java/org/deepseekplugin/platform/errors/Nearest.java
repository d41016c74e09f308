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

    /// Levenshtein's distance, in which two neighbours that changed places are one slip, too.
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        int replaced = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int shortest = Math.min(replaced, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(shortest, 1 + rows[i - 2][j - 2]) : shortest;
    }

    private Nearest() {}
}
