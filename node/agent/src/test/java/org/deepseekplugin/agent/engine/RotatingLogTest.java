package org.deepseekplugin.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RotatingLogTest {
    private static final int LIMIT = 50_000;

    @TempDir Path folder;
    private Path file;
    private RotatingLog log;

    @BeforeEach
    void open() {
        file = folder.resolve("engine.log");
        log = new RotatingLog(file, LIMIT);
    }

    @Test
    void the_last_lines_are_there_oldest_first() {
        log.copy(lines(0, 10));

        assertThat(log.tail(3)).containsExactly("line 7", "line 8", "line 9");
        assertThat(log.tail(100)).hasSize(10);
    }

    @Test
    void a_second_run_goes_on_in_the_same_file() {
        log.copy(lines(0, 2));
        log.copy(lines(2, 4));

        assertThat(log.tail(10)).containsExactly("line 0", "line 1", "line 2", "line 3");
    }

    @Test
    void never_more_than_two_files_of_the_limit() throws IOException {
        log.copy(lines(0, 100_000));

        long size = 0;
        try (var files = Files.list(folder)) {
            for (var each : files.toList()) {
                assertThat(Files.size(each)).isLessThanOrEqualTo(LIMIT);
                size += Files.size(each);
            }
        }
        assertThat(size).isBetween((long) LIMIT, 2L * LIMIT);
        assertThat(log.tail(1)).containsExactly("line 99999");
        assertThat(log.tail(5_000)).as("over both files").hasSize(5_000);
    }

    /// Else the process would stand still at its next line.
    @Test
    void what_cannot_be_written_is_read_all_the_same() throws IOException {
        Files.createDirectory(file);
        var output = lines(0, 100_000);

        log.copy(output);

        assertThat(output.read()).as("the end").isEqualTo(-1);
    }

    @Test
    void a_replica_that_never_ran_said_nothing() {
        assertThat(log.tail(10)).isEmpty();
    }

    private static InputStream lines(int from, int to) {
        var text =
                IntStream.range(from, to)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining());
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
