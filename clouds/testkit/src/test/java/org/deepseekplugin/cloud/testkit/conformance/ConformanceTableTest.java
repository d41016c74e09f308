package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.junit.jupiter.api.Test;

final class ConformanceTableTest {
    private static final String SENTENCE = "fresh tokens make fresh machines";
    private static final ConformanceTable EMPTY = new ConformanceTable(Map.of());

    @Test
    void has_a_row_for_every_contract_and_a_sum() {
        var table =
                EMPTY.with("sim", allPass())
                        .with("mock", Map.of(SENTENCE, ConformanceTable.gap(Ability.LAG)));

        assertThat(table.toString().lines())
                .startsWith("| contract | mock | sim |", "|---|---|---|")
                .contains("| " + SENTENCE + " | gap: lag | passes |")
                .contains("| lists only the owners machines | not tried | passes |")
                .last()
                .isEqualTo("| **all 42** | 0 pass; lag 1, not tried 41 | 42 pass |");
    }

    @Test
    void reads_what_it_wrote() {
        var table =
                EMPTY.with("sim", allPass())
                        .with("mock", Map.of(SENTENCE, ConformanceTable.PASSES));

        assertThat(ConformanceTable.parse(table.toString())).hasToString(table.toString());
    }

    @Test
    void a_contract_that_is_no_more_leaves_the_table() {
        var text = EMPTY.with("sim", allPass()).toString();
        var old = text.replace("| **token**", "| long forgotten | passes |\n| **token**");

        assertThat(ConformanceTable.parse(old)).hasToString(text);
    }

    @Test
    void a_run_changes_its_own_column_only() {
        var before = EMPTY.with("sim", allPass()).with("mock", allPass());
        var after = before.with("mock", Map.of(SENTENCE, ConformanceTable.gap(Ability.TOKENS)));

        assertThat(after.toString())
                .contains("| " + SENTENCE + " | gap: idempotent client tokens | passes |")
                .contains("| **all 42** | 41 pass; idempotent client tokens 1 | 42 pass |");
    }

    private static Map<String, String> allPass() {
        return Contract.all().stream()
                .collect(Collectors.toMap(Contract::sentence, one -> ConformanceTable.PASSES));
    }
}
