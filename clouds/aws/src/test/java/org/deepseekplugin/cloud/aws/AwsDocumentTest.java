package org.deepseekplugin.cloud.aws;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tests that docs/clouds/aws.md names are there.
final class AwsDocumentTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.([a-z0-9_]+)`");

    @Test
    void every_promise_names_a_test_that_there_is() throws IOException {
        var sources = sources();
        var named = TEST.matcher(Files.readString(Path.of("../../docs/clouds/aws.md"))).results();

        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(test ->
                        assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
                                .as(test.group(1))
                                .contains("void " + test.group(2) + "("));
    }

    private static Map<String, String> sources() throws IOException {
        try (var own = Files.walk(Path.of("src/test/java"));
                var kit = Files.walk(Path.of("../testkit/src/main/java"))) {
            return Stream.concat(own, kit)
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(
                            toMap(
                                    file -> file.getFileName().toString(),
                                    AwsDocumentTest::read,
                                    (one, other) -> one + other));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
