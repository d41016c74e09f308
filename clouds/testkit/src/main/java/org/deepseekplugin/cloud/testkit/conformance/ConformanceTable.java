package org.deepseekplugin.cloud.testkit.conformance;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Which contract holds on which cloud under test, as a table of Markdown: a row for every contract
/// of the kit, a column for every cloud, and a row that adds up.
///
/// @param cells by cloud, in the order of their names, then by the contract's sentence
record ConformanceTable(Map<String, Map<String, String>> cells) {
    static final String PASSES = "passes";
    private static final String GAP = "gap: ";
    private static final String UNTRIED = "not tried";

    static String gap(CloudUnderTest.Ability ability) {
        return GAP + ability.what();
    }

    /// What [#toString] wrote; contracts that are no more are still in it.
    static ConformanceTable parse(String markdown) {
        var rows =
                markdown.lines()
                        .map(line -> List.of(line.strip().split("\\s*\\|\\s*", -1)))
                        .toList();
        var cells = new TreeMap<String, Map<String, String>>();
        var clouds =
                rows.isEmpty()
                        ? List.<String>of()
                        : rows.getFirst().subList(2, rows.getFirst().size() - 1);
        for (int i = 0; i < clouds.size(); i++) {
            int column = i + 2;
            var ofCloud = new TreeMap<String, String>();
            rows.stream()
                    .filter(row -> row.size() > column)
                    .forEach(row -> ofCloud.put(row.get(1), row.get(column)));
            cells.put(clouds.get(i), ofCloud);
        }
        return new ConformanceTable(cells);
    }

    /// What a run has shown replaces what was there.
    ConformanceTable with(String cloud, Map<String, String> shown) {
        var merged = new TreeMap<>(cells);
        var ofCloud = new TreeMap<>(cells.getOrDefault(cloud, Map.of()));
        ofCloud.putAll(shown);
        merged.put(cloud, ofCloud);
        return new ConformanceTable(merged);
    }

    @Override
    public String toString() {
        var contracts = Contract.all();
        var lines = new ArrayList<String>();
        lines.add(row("contract", cloud -> cloud));
        lines.add("|---|" + "---|".repeat(cells.size()));
        var about = "";
        for (var contract : contracts) {
            if (!contract.about().equals(about)) {
                about = contract.about();
                lines.add(row("**" + about + "**", cloud -> ""));
            }
            lines.add(row(contract.sentence(), cloud -> cell(cloud, contract)));
        }
        lines.add(row("**all " + contracts.size() + "**", cloud -> total(cloud, contracts)));
        return String.join("\n", lines) + "\n";
    }

    private String row(String head, Function<String, String> cell) {
        return cells.keySet().stream().map(cell).collect(joining(" | ", "| " + head + " | ", " |"));
    }

    private String cell(String cloud, Contract contract) {
        return cells.getOrDefault(cloud, Map.of()).getOrDefault(contract.sentence(), UNTRIED);
    }

    /// `17 pass; lag 2, refusals 10`.
    private String total(String cloud, List<Contract> contracts) {
        var all = contracts.stream().map(contract -> cell(cloud, contract)).toList();
        long passes = all.stream().filter(PASSES::equals).count();
        Map<String, Long> others =
                all.stream()
                        .filter(cell -> !cell.equals(PASSES))
                        .map(cell -> cell.replace(GAP, ""))
                        .collect(groupingBy(kind -> kind, TreeMap::new, counting()));
        return passes
                + " pass"
                + others.entrySet().stream()
                        .map(kind -> kind.getKey() + " " + kind.getValue())
                        .collect(joining(", ", others.isEmpty() ? "" : "; ", ""));
    }
}
