package org.deepseekplugin.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot be used is said in a sentence, with exit code 2, before anything is served.
final class EngineMainIT {
    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--engine none|--engine is \"none\"; there is fake.",
                "--weights broken|--weights broken are broken.",
                "--slots 0|--slots is 0; it must be from 1 to 256.",
                "--slots four|--slots is \"four\"; it must be a whole number.",
                "--context-tokens 3|--context-tokens is 3; it must be from 16 to 1048576.",
                "--threads -1|--threads is -1; it must be from 0 to 1024.",
                "--queue 99999999999|--queue is \"99999999999\"; it must be a whole number.",
                "--temperature 2.5|--temperature is 2.5; it must be from 0 to 2.",
                "--temperature NaN|--temperature is NaN; it must be from 0 to 2.",
                "--frequency-penalty -3|--frequency-penalty is -3; it must be from -2 to 2.",
                "--max-body-bytes 0|--max-body-bytes is 0; it must be from 1 to 1073741824.",
                "--listen 0.0.0.0:0|--listen is \"0.0.0.0:0\"; an engine asks for no key, so it listens on loopback only.",
                "--listen 8.8.8.8:80|--listen is \"8.8.8.8:80\"; an engine asks for no key, so it listens on loopback only.",
                "--listen 127.0.0.1:99999|--listen is \"127.0.0.1:99999\"; ports go up to 65535.",
                "--listen somewhere|--listen is \"somewhere\"; it must be 127.0.0.1:PORT or the path of a Unix socket.",
                "--listen no.such.host.invalid:80|--listen is \"no.such.host.invalid:80\"; that host is unknown.",
                "--usage-log /nowhere/usage|--usage-log /nowhere/usage cannot be written; it must be a file in a folder that exists and is ours.",
                "--port-file /nowhere/port|--port-file /nowhere/port cannot be written: java.nio.file.NoSuchFileException: /nowhere/port.part",
                "--slotz 4|\"--slotz\" is no option. Did you mean \"--slots\"?"
            })
    void what_cannot_be_used_is_said(String words, String sentence) {
        int code = run(words.split(" "));

        assertThat(err.toString(UTF_8).lines()).contains(sentence);
        assertThat(code).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_port_that_is_taken_is_said() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = run("--listen", "127.0.0.1:" + other.getLocalPort());

            assertThat(code).isEqualTo(2);
            assertThat(err.toString(UTF_8))
                    .startsWith("--listen 127.0.0.1:" + other.getLocalPort() + " is not possible: ")
                    .containsIgnoringCase("address already in use");
        }
    }

    @Test
    void help_and_version_need_nothing_else() {
        assertThat(EngineMain.run(new String[] {"--help"}, print(out), print(err))).isZero();
        assertThat(EngineMain.run(new String[] {"--version"}, print(out), print(err))).isZero();
        assertThat(out.toString(UTF_8)).contains("--usage-log FILE").containsPattern("\\d+\\.\\d+");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    /// Enough for a start, but for what is given.
    private int run(String... words) {
        var enough =
                Stream.of(
                                "--engine fake",
                                "--weights w",
                                "--natives n",
                                "--model m",
                                "--usage-log " + folder.resolve("usage"))
                        .map(pair -> pair.split(" "))
                        .filter(pair -> !pair[0].equals(words[0]))
                        .flatMap(Arrays::stream);
        var all = Stream.concat(enough, Arrays.stream(words)).toArray(String[]::new);
        assertThat(Files.exists(folder)).isTrue();
        return EngineMain.run(all, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, UTF_8);
    }
}
