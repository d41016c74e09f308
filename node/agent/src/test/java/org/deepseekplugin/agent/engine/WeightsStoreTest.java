package org.deepseekplugin.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.artifacts.FetchSettings;
import org.deepseekplugin.platform.artifacts.Progress;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WeightsStoreTest {
    private static final long MIB = 1L << 20;

    @TempDir Path folder;
    private Instant now = Instant.parse("2026-05-01T00:00:00Z");
    private final InstantSource source = () -> now;
    private long disk = 1_000_000 * MIB;
    private Path weights;
    private WeightsStore store;

    @BeforeEach
    void open() {
        weights = folder.resolve("weights");
        var unused = new UnusedWeights(weights, source.withZone(UTC), this::free);
        store = new WeightsStore(weights, FetchSettings.from(Map.of()), unused);
    }

    /// A small disk on which each file counts for 100 MiB.
    private long free(Path any) {
        try (var files = Files.walk(weights)) {
            long used = files.filter(file -> file.toString().endsWith(".gguf")).count();
            return disk - used * 100 * MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void weights_stay_for_the_next_engine_that_wants_them() throws Exception {
        var file = weights("a");
        var first = use(file);
        Files.delete(folder.resolve("a.gguf"));

        assertThat(use(file)).isEqualTo(first);
    }

    @Test
    void the_longest_unused_make_room_and_those_in_use_do_not() throws Exception {
        disk = 256 * MIB + 300 * MIB;
        var held = store.hold(List.of(weights("held")));
        store.pull(List.of(weights("held")), Progress.NONE);
        later();
        var old = use(weights("old"));
        later();
        var young = use(weights("young"));
        later();

        use(weights("new"));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(weights.resolve(weights("held").sha256())).isNotEmptyDirectory();
        held.close();
    }

    @Test
    void when_nothing_unused_is_left_it_is_said_how_much_is_missing() {
        var huge = file("huge", 1L << 60, "0".repeat(64));

        assertThatThrownBy(() -> use(huge))
                .hasMessageContaining("huge.gguf needs 1099511627776 MiB more")
                .hasMessageContaining("Free some space there and try again");
    }

    @Test
    void what_nobody_wanted_for_a_week_is_deleted_and_what_is_held_is_not() throws Exception {
        var held = store.hold(List.of(weights("held")));
        var kept = store.pull(List.of(weights("held")), Progress.NONE).getFirst();
        var left = use(weights("left"));
        now = now.plus(Duration.ofDays(6));
        store.tidy();
        assertThat(left).exists();

        now = now.plus(Duration.ofDays(2));
        store.tidy();

        assertThat(left.getParent()).doesNotExist();
        assertThat(kept).exists();
        held.close();
        now = now.plus(Duration.ofDays(6));
        store.tidy();
        assertThat(kept).as("held until six days ago").exists();
    }

    @Test
    void what_a_killed_pull_left_behind_is_deleted() throws Exception {
        Files.createDirectories(weights.resolve("packages/package-1"));
        Files.writeString(weights.resolve("packages/package-1/x.whl"), "half");

        store.tidy();

        assertThat(weights.resolve("packages")).doesNotExist();
    }

    private Path use(WeightsFile file) throws InterruptedException {
        try (var hold = store.hold(List.of(file))) {
            return store.pull(List.of(file), Progress.NONE).getFirst();
        }
    }

    private void later() {
        now = now.plusSeconds(60);
    }

    private WeightsFile weights(String name) {
        try {
            var origin = folder.resolve(name + ".gguf");
            Files.writeString(origin, name);
            return file(name, name.length(), sha256(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WeightsFile file(String name, long size, String sha256) {
        var origin = "file:" + folder.resolve(name + ".gguf");
        return new WeightsFile(name + ".gguf", size, sha256, "MIT", List.of(origin), Unknown.NONE);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
