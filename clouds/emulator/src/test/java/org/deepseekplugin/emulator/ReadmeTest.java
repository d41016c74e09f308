package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tests that the README names are there.
final class ReadmeTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");

    @Test
    void every_promise_names_tests_that_there_are() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var tests =
                    files.map(file -> file.getFileName().toString().replace(".java", ""))
                            .collect(Collectors.toSet());
            var named = TEST.matcher(Files.readString(Path.of("README.md"))).results();

            assertThat(named.map(MatchResult::group).map(name -> name.replace("`", "")))
                    .isNotEmpty()
                    .isSubsetOf(tests);
        }
    }
}
