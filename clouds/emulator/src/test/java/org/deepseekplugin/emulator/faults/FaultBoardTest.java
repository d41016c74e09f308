package org.deepseekplugin.emulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FaultBoardTest {
    private final FaultBoard board = new FaultBoard();

    @Test
    void strikes_as_often_as_ordered() {
        board.add(Fault.of("RunInstances", "X", 2, null, null, null));

        assertThat(board.take("DescribeInstances", "{}")).isEmpty();
        assertThat(board.take("RunInstances", "{}")).isPresent();
        assertThat(board.take("RunInstances", "{}")).isPresent();
        assertThat(board.take("RunInstances", "{}")).isEmpty();
        assertThat(board.inForce()).isEmpty();
    }

    @Test
    void strikes_for_ever_below_zero() {
        board.add(Fault.of("*", "X", -1, null, null, null));

        for (int i = 0; i < 100; i++) {
            assertThat(board.take("Any", "{}")).isPresent();
        }
    }

    @Test
    void strikes_only_what_matches() {
        board.add(Fault.of("DescribeInstances", "X", 1, null, "NextToken=", null));

        assertThat(board.take("DescribeInstances", "{MaxResults=5}")).isEmpty();
        assertThat(board.take("DescribeInstances", "{NextToken=abc}")).isPresent();
    }

    @Test
    void lets_the_first_calls_pass() {
        board.add(Fault.of("A", "X", 1, FaultMode.ERROR, null, 2));

        assertThat(board.take("A", "")).isEmpty();
        assertThat(board.take("A", "")).isEmpty();
        assertThat(board.take("A", "")).isPresent();
    }

    @Test
    void is_empty_after_clearing() {
        board.add(Fault.error("*", "X"));
        board.clear();

        assertThat(board.take("A", "")).isEmpty();
    }
}
