package org.deepseekplugin.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest {
    private static final String SAVE = "insert into setting (name, value) values (?, ?)";
    private static final String FIND = "select value from setting where name = ?";

    @TempDir private Path dir;

    @Test
    void what_was_written_is_there_after_reopening() {
        try (var database = SqliteDatabase.open(dir.resolve("store.db"))) {
            database.run(transaction -> transaction.execute(SAVE, "a", "1"));
        }
        try (var database = SqliteDatabase.open(dir.resolve("store.db"))) {
            assertThat(find(database, "a")).contains("1");
        }
    }

    @Test
    void work_that_throws_leaves_nothing() {
        try (var database = SqliteDatabase.inMemory("rollback")) {
            assertThatThrownBy(() ->
                            database.run(transaction -> {
                                transaction.execute(SAVE, "a", "1");
                                throw new IllegalStateException("stop");
                            }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(find(database, "a")).isEmpty();
        }
    }

    @Test
    void a_broken_rule_of_the_schema_is_a_platform_exception() {
        try (var database = SqliteDatabase.inMemory("rules")) {
            assertThatThrownBy(() ->
                            database.run(transaction ->
                                    transaction.execute(
                                            "insert into replica_member (replica, rank) values ('no such replica', 0)")))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("FOREIGN KEY");
        }
    }

    @Test
    void what_loops_ask_for_again_and_again_is_found_by_an_index() {
        try (var database = SqliteDatabase.inMemory("indexes")) {
            for (var question :
                    List.of(
                            "select 1 from replica_member where instance = 'i'",
                            "select 1 from node where instance = 'i'",
                            "select 1 from instance where intent = 'i'",
                            "select 1 from instance where cloud = 'c' and state in ('A', 'B')",
                            "select 1 from intent where state in ('A', 'B') and cloud = 'c'",
                            "select 1 from intent where replica = 'r' and state <> 'CLOSED'",
                            "select 1 from replica where service = 's'",
                            "select 1 from service where project = 'p' and name = 'n'")) {
                var plan =
                        database.read(transaction ->
                                transaction.list(
                                        "explain query plan " + question,
                                        row -> row.text("detail")));
                assertThat(plan).as(question).allMatch(step -> step.startsWith("SEARCH"));
            }
        }
    }

    @Test
    void instants_enums_and_absent_values_survive() {
        var at = Instant.parse("2026-01-01T00:00:00.123Z");
        try (var database = SqliteDatabase.inMemory("values")) {
            database.run(transaction ->
                    transaction.execute(
                            "insert into api_key (id, project, name, hash, hint, role, models, created_at, expires_at) values ('k', 'default', ?, 'h', 'h', ?, '[]', ?, ?)",
                            "n",
                            Thread.State.NEW,
                            at,
                            Optional.empty()));

            var row =
                    database.read(transaction ->
                            transaction.first(
                                    "select * from api_key",
                                    r ->
                                            r.instant("created_at").equals(at)
                                                    && r.optionalInstant("expires_at").isEmpty()
                                                    && r.constant("role", Thread.State.class)
                                                            == Thread.State.NEW));
            assertThat(row).contains(true);
        }
    }

    @Test
    void a_file_that_cannot_be_opened_is_named_with_a_remedy() throws Exception {
        var file =
                Files.writeString(
                        dir.resolve("store.db"),
                        "this is no database, it is a text of some length");

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data-dir");
    }

    @Test
    void a_file_of_a_newer_version_is_refused() {
        var file = dir.resolve("store.db");
        try (var database = SqliteDatabase.open(file)) {
            database.run(transaction ->
                    transaction.execute(
                            "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success) values (999, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, 1)"));
        }

        assertThatThrownBy(() -> SqliteDatabase.open(file))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("999");
    }

    private static Optional<String> find(Database database, String name) {
        return database.read(
                transaction -> transaction.first(FIND, row -> row.text("value"), name));
    }
}
