package org.deepseekplugin.engine.llama.batching;

import java.util.List;

/// Cuts a text before the first stop text. Holds back what may still become one, across any number
/// of pieces.
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopTexts(List<String> stops) {
        this.stops = stops;
    }

    /// What may be shown now.
    String add(String text) {
        if (stopped) {
            return "";
        }
        held.append(text);
        int at = first();
        if (at >= 0) {
            stopped = true;
            return take(at);
        }
        return take(held.length() - longestBeginning());
    }

    /// What was held back, when no more text comes.
    String end() {
        return stopped ? "" : take(held.length());
    }

    boolean stopped() {
        return stopped;
    }

    private int first() {
        return stops.stream().mapToInt(held::indexOf).filter(at -> at >= 0).min().orElse(-1);
    }

    /// Length of the longest end of the text that a stop text begins with.
    private int longestBeginning() {
        int longest = 0;
        for (var stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (held.substring(held.length() - n).equals(stop.substring(0, n))) {
                    longest = n;
                }
            }
        }
        return longest;
    }

    private String take(int length) {
        var text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }
}
