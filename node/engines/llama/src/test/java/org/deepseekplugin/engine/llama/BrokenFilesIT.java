package org.deepseekplugin.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weights and libraries that are not what they should be: a sentence that names them, and the
/// process lives.
final class BrokenFilesIT {
    @TempDir Path folder;

    @Test
    void weights_that_are_not_there() {
        refused(
                () -> start(folder.resolve("none.gguf"), TestTools.natives()),
                "--weights " + folder.resolve("none.gguf") + " cannot be loaded",
                "It must be a complete GGUF file of a text model.");
    }

    @Test
    void weights_that_are_a_folder_or_something_else() throws IOException {
        refused(() -> start(folder, TestTools.natives()), "--weights " + folder);
        refused(() -> start(file(new byte[0]), TestTools.natives()), "cannot be loaded");
        refused(() -> start(file("hello".getBytes()), TestTools.natives()), "cannot be loaded");
        refused(() -> start(file("GGUF".getBytes()), TestTools.natives()), "cannot be loaded");
    }

    @Test
    void weights_that_end_too_early() throws IOException {
        var whole = Files.readAllBytes(TestTools.weights());
        for (int length : new int[] {100, 10_000, 3_000_000, whole.length - 1}) {
            var cut = file(Arrays.copyOf(whole, length));

            refused(() -> start(cut, TestTools.natives()), cut + " cannot be loaded");
        }
    }

    /// Any damage of the head is refused or does no harm; that of the numbers is found by checksum,
    /// before an engine sees them.
    @Test
    void weights_with_a_damaged_head() throws IOException {
        var whole = Files.readAllBytes(TestTools.weights());
        int refusals = 0;
        for (int seed = 0; seed < 12; seed++) {
            var random = new Random(seed);
            var damaged = whole.clone();
            for (int i = 0; i < 8; i++) {
                damaged[random.nextInt(seed % 2 == 0 ? 64 : 4_000)] = (byte) random.nextInt();
            }
            try {
                start(file(damaged), TestTools.natives());
            } catch (PlatformException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG);
                assertThat(e.sentence()).contains("cannot be loaded");
                refusals++;
            }
        }
        assertThat(refusals).isGreaterThan(6);
    }

    @Test
    void libraries_that_are_not_there() {
        refused(
                () -> start(TestTools.weights(), folder.resolve("none")),
                "--natives " + folder.resolve("none") + " cannot be loaded");
        refused(
                () -> start(TestTools.weights(), folder),
                "The libraries in --natives " + folder + " lack lib",
                "llama.cpp 0.5 is needed.");
    }

    @Test
    void libraries_that_are_no_libraries() throws IOException {
        for (var name : new String[] {"libggml-base.so", "libggml.so", "libllama.so"}) {
            Files.writeString(folder.resolve(name), "hello");
        }

        refused(
                () -> start(TestTools.weights(), folder),
                "--natives " + folder + " cannot be loaded");
    }

    @Test
    void a_template_that_is_given_but_wrong() {
        refused(
                () ->
                        new LlamaEngineFactory()
                                .start(
                                        settings(
                                                TestTools.weights(),
                                                TestTools.natives(),
                                                Optional.of("{% if %}"))),
                "--chat-template cannot be used: The chat template's line 1");
    }

    private static void refused(ThrowingCallable start, String... words) {
        assertThatThrownBy(start)
                .isInstanceOfSatisfying(
                        PlatformException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIG))
                .hasMessageContainingAll(words);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("weights.gguf"), content);
    }

    private static void start(Path weights, Path natives) {
        new LlamaEngineFactory().start(settings(weights, natives, Optional.empty())).close();
    }

    private static EngineSettings settings(Path weights, Path natives, Optional<String> template) {
        return new EngineSettings(
                weights, natives, 1, 64, 1, 0, template, Optional.empty(), Optional.empty());
    }
}
