package org.deepseekplugin.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Columns, each as wide as its widest cell, under a heading.
public final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();
    private int printed;

    public Table(String... heading) {
        rows.add(List.of(heading));
    }

    /// @param cells as many as the heading has
    public Table row(String... cells) {
        if (cells.length != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.length + " cells under a heading of " + rows.getFirst().size());
        }
        rows.add(List.of(cells));
        return this;
    }

    public int size() {
        return rows.size() - 1;
    }

    /// A table without rows is a sentence.
    public void print(PrintWriter out, String ifEmpty) {
        if (rows.size() == 1) {
            out.println(ifEmpty);
        } else {
            printMore(out);
        }
    }

    /// The rows that came since the last printing, under the heading of the first.
    public void printMore(PrintWriter out) {
        for (var row : rows.subList(printed, rows.size())) {
            out.println(line(row));
        }
        printed = rows.size();
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell).repeat(" ", width(column) - width(cell)).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
    }

    /// In cells of a terminal, where Chinese, Japanese and Korean characters take two.
    private static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
