package org.deepseekplugin.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.tools.ToolProvider;
import org.deepseekplugin.emulator.Emulator;
import org.deepseekplugin.emulator.EmulatorOptions;
import org.deepseekplugin.platform.version.ProductVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Real kills (SIGKILL) of the server alone; the emulated cloud lives on and keeps the book by
/// which we are judged.
@Tag("slow")
class KilledServerIT {
    private static final int KILLS = Integer.getInteger("kills", 50);
    private static final long SEED = Long.getLong("seed", 20260101);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void no_machine_is_leaked_or_doubled() throws Exception {
        var verdict = trial("", KILLS);
        System.err.println("kills, seed " + SEED + ": " + verdict);
        assertThat(verdict.kills()).isEqualTo(KILLS);
        assertThat(verdict.leaked()).isZero();
        assertThat(verdict.missing()).isZero();
        assertThat(verdict.doubled()).isZero();
        assertThat(verdict.betweenIntentAndAnswer()).isGreaterThanOrEqualTo(KILLS * 15 / 50);
    }

    /// The trial can fail: a server that takes a fresh token for each attempt doubles machines.
    @Test
    void a_server_with_fresh_tokens_is_found_out() throws Exception {
        assertThat(trial(freshTokens().toString(), 3).doubled()).isPositive();
    }

    private KillTrial.Verdict trial(String before, int kills) throws Exception {
        var dataDir = Files.createDirectories(folder.resolve("data"));
        var options =
                EmulatorOptions.in(folder.resolve("emulator"))
                        .withBootDelay(Duration.ofMillis(100));
        try (var emulator = Emulator.start(options);
                var server = new ServerProcess(dataDir, config(emulator), bundles(), before)) {
            return new KillTrial(server, emulator.control(), dataDir, SEED).run(kills);
        }
    }

    private Path config(Emulator emulator) throws IOException {
        var aws = emulator.endpoints().aws();
        return Files.writeString(
                folder.resolve("deepseek.yaml"),
                """
                clouds:
                  aws:
                    enabled: true
                    endpoint: "%s"
                    regions: "%s"
                    image-id: "%s"
                    credentials:
                      access-key-id: "%s"
                      secret-access-key: "%s"
                """
                        .formatted(
                                aws.endpoint(),
                                aws.region(),
                                aws.imageId(),
                                aws.accessKeyId(),
                                aws.secretAccessKey()));
    }

    /// An archive that is none: machines boot, fetch it and stop there, which costs nothing.
    private Path bundles() throws IOException {
        var bundles =
                Files.createDirectories(
                        folder.resolve("bundles").resolve(ProductVersion.current()));
        Files.writeString(bundles.resolve("linux-x64.tar.gz"), "not an archive");
        return bundles.getParent();
    }

    /// The product with one class replaced.
    private Path freshTokens() throws IOException {
        var classes = Files.createDirectories(folder.resolve("mutant"));
        var source = Files.createDirectories(folder.resolve("source")).resolve("Tokens.java");
        Files.writeString(
                source,
                """
                package org.deepseekplugin.orchestrator.fleet;

                public interface Tokens {
                    String token(String intent, String zone, int attempt);

                    static Tokens derived() {
                        return (intent, zone, attempt) -> intent + "-" + java.util.UUID.randomUUID().toString().substring(0, 8);
                    }
                }
                """);
        var quiet = OutputStream.nullOutputStream();
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, quiet, quiet, "-d", classes.toString(), source.toString());
        assertThat(failed).isZero();
        return classes;
    }
}
