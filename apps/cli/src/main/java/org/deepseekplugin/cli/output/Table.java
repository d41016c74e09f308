package org.deepseekplugin.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Columns, each as wide as its widest cell, under a heading.
public final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

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

    /// A table without rows is a sentence.
    public void print(PrintWriter out, String ifEmpty) {
        if (rows.size() == 1) {
            out.println(ifEmpty);
            return;
        }
        for (var row : rows) {
            out.println(line(row));
        }
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(cell).repeat(" ", width(column) - cell.length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
