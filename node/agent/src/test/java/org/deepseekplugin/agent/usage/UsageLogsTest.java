package org.deepseekplugin.agent.usage;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.deepseekplugin.protocol.UsageRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageLogsTest {
    private static final int ALL = 1_000_000;

    @TempDir Path folder;
    private Instant now = Instant.now();
    private final InstantSource source = () -> now;
    private UsageLogs logs;

    @BeforeEach
    void open() {
        logs = new UsageLogs(folder.resolve("usage"), source.withZone(UTC));
    }

    @Test
    void each_record_is_read_until_it_is_acknowledged_and_not_after() throws IOException {
        append("chat-0", "r1", "r2");

        assertThat(requests(logs.read(ALL))).containsExactly("r1", "r2");
        var again = logs.read(ALL);
        assertThat(requests(again)).containsExactly("r1", "r2");
        again.acknowledge();
        assertThat(requests(logs.read(ALL))).isEmpty();

        append("chat-0", "r3");
        assertThat(requests(logs.read(ALL))).containsExactly("r3");
    }

    @Test
    void an_agent_that_starts_anew_takes_up_where_it_was_acknowledged() throws IOException {
        append("chat-0", "r1");
        logs.read(ALL).acknowledge();
        append("chat-0", "r2");

        var restarted = new UsageLogs(folder.resolve("usage"), source.withZone(UTC));

        assertThat(requests(restarted.read(ALL))).containsExactly("r2");
    }

    @Test
    void a_batch_is_bounded_and_the_next_goes_on() throws IOException {
        append("chat-0", "r1", "r2", "r3");

        var first = logs.read(2);
        assertThat(requests(first)).containsExactly("r1", "r2");
        first.acknowledge();
        assertThat(requests(logs.read(2))).containsExactly("r3");
    }

    @Test
    void a_line_that_is_being_written_is_left_for_the_next_time() throws IOException {
        append("chat-0", "r1");
        var half = line("r2");
        write("chat-0", half.substring(0, 10));

        var batch = logs.read(ALL);
        assertThat(requests(batch)).containsExactly("r1");
        batch.acknowledge();

        write("chat-0", half.substring(10));
        assertThat(requests(logs.read(ALL))).containsExactly("r2");
    }

    @Test
    void an_unreadable_line_does_not_hold_up_the_rest() throws IOException {
        append("chat-0", "r1");
        write("chat-0", "{broken\n");
        append("chat-0", "r2");

        assertThat(requests(logs.read(ALL))).containsExactly("r1", "r2");
    }

    @Test
    void a_log_that_grew_is_rotated_loses_nothing_and_goes_when_it_is_told() throws IOException {
        var many = new String[40_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "r" + i;
        }
        append("chat-0", many);
        logs.read(100).acknowledge();

        logs.tidy();
        append("chat-0", "last");

        int read = 100;
        for (var batch = logs.read(7_000); !batch.records().isEmpty(); batch = logs.read(7_000)) {
            read += batch.records().size();
            batch.acknowledge();
        }
        assertThat(read).isEqualTo(40_001);
        assertThat(files()).as("a writer may have it open still").hasSize(2);
        now = now.plus(Duration.ofMinutes(2));
        logs.tidy();
        assertThat(files()).hasSize(1);
    }

    @Test
    void of_a_replica_that_is_gone_nothing_stays_once_all_is_told() throws IOException {
        append("chat-0", "r1");
        append("chat-1", "r2");
        now = now.plus(Duration.ofHours(2));
        logs.tidy();
        logs.deleteEmpty(Set.of("chat-1"));
        assertThat(files()).as("not told yet").hasSize(2);

        logs.read(ALL).acknowledge();
        logs.tidy(); // renames what was not used for long
        now = now.plus(Duration.ofHours(2));
        logs.tidy(); // deletes it
        logs.deleteEmpty(Set.of("chat-1"));

        try (var replicas = Files.list(folder.resolve("usage"))) {
            assertThat(replicas).extracting(Path::getFileName).containsExactly(Path.of("chat-1"));
        }
    }

    private void append(String replica, String... requests) throws IOException {
        var lines = new StringBuilder();
        for (var request : requests) {
            lines.append(line(request));
        }
        write(replica, lines.toString());
    }

    private void write(String replica, String text) throws IOException {
        var file = logs.current(replica);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, CREATE, APPEND);
    }

    private static String line(String request) {
        return "{\"request\":\"%s\",\"replica\":\"chat-0\",\"promptTokens\":3,\"completionTokens\":5,\"finish\":\"stop\",\"at\":\"2026-01-01T00:00:00Z\"}\n"
                .formatted(request);
    }

    private static List<String> requests(UsageLogs.Batch batch) {
        return batch.records().stream().map(UsageRecord::request).toList();
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".jsonl")).toList();
        }
    }
}
