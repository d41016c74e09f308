package org.deepseekplugin.agent.engine;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineFoldersTest {
    @TempDir Path folder;
    private final Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private EngineFolders folders;

    @BeforeEach
    void open() {
        folders =
                new EngineFolders(folder, replica -> folder.resolve("usage"), source.withZone(UTC));
    }

    @Test
    void last_words_are_kept_for_a_day_and_those_of_running_engines_for_ever() throws IOException {
        engine("running", Duration.ofDays(30));
        engine("yesterday", Duration.ofHours(23));
        engine("old", Duration.ofHours(25));

        folders.tidy(Set.of("running"));

        assertThat(Folders.in(folder))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder("running", "yesterday");
    }

    @Test
    void of_many_that_failed_within_a_day_the_newest_twenty_stay() throws IOException {
        for (int i = 0; i < 50; i++) {
            engine("r" + i, Duration.ofMinutes(i));
        }

        folders.tidy(Set.of());

        assertThat(Folders.in(folder)).hasSize(20);
        assertThat(folder.resolve("r19")).exists();
        assertThat(folder.resolve("r20")).doesNotExist();
    }

    @Test
    void a_name_that_leads_elsewhere_is_refused_and_asking_makes_nothing() {
        folders.of("chat-0");

        assertThat(folder).isEmptyDirectory();
        for (var name : new String[] {"..", "a/b", "", ".hidden"}) {
            assertThatThrownBy(() -> folders.of(name)).hasMessageContaining("is not of letters");
        }
    }

    private void engine(String replica, Duration age) throws IOException {
        var root = Files.createDirectories(folder.resolve(replica));
        var log = Files.writeString(root.resolve("engine.log"), "last words");
        Files.setLastModifiedTime(log, FileTime.from(now.minus(age)));
    }
}
