package org.deepseekplugin.repository;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.aws.AwsDriverFactory;
import org.deepseekplugin.cloud.spi.ConfigKey;
import org.deepseekplugin.platform.config.ConfigReference;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.server.config.ServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents say what is true: links lead somewhere, tables of keys are those of the code.
class DocumentsTest {
    private static final Pattern ERROR = Pattern.compile("(?m)^\\| (\\d{3}) \\| `([a-z_]+)` \\|");

    @Test
    void links_lead_somewhere() throws IOException {
        var dead = new ArrayList<String>();
        for (Path document : documents()) {
            for (String link : Document.read(document).links()) {
                if (!leadsSomewhere(document, link)) {
                    dead.add(Repository.root().relativize(document) + " -> " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void the_table_of_the_configuration_is_that_of_the_code() throws IOException {
        assertGenerated("docs/configuration.md", ConfigReference.markdown(ServerConfig.class));
    }

    @Test
    void the_table_of_the_driver_is_that_of_the_code() throws IOException {
        var rows = new AwsDriverFactory().configKeys().stream().map(DocumentsTest::row);
        var heading = "| key | default | meaning |\n|---|---|---|\n";
        assertGenerated("docs/clouds/aws.md", rows.collect(joining("", heading, "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/api.md", "docs/zh-CN/api.md"})
    void the_table_of_errors_is_that_of_the_code(String page) throws IOException {
        var told =
                ERROR.matcher(Files.readString(Repository.root().resolve(page)))
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2));
        var known =
                Arrays.stream(ErrorCode.values())
                        .map(error -> error.httpStatus() + " " + error.code());
        assertThat(told).containsExactlyInAnyOrderElementsOf(known.toList());
    }

    private static String row(ConfigKey key) {
        var fallback = key.defaultValue().map(value -> "`" + value + "`");
        return "| `%s` | %s | %s |\n"
                .formatted(
                        key.name(),
                        fallback.orElse(key.required() ? "required" : "none"),
                        key.doc());
    }

    /// With `-Dupdate.documents` the document is corrected instead.
    private static void assertGenerated(String document, String expected) throws IOException {
        var file = Repository.root().resolve(document);
        var text = Files.readString(file);
        int from = text.indexOf('\n', text.indexOf("<!-- generated:")) + 1;
        int to = text.indexOf("<!-- end -->");
        if (System.getProperty("update.documents") != null) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as(document + "; correct it with -Dupdate.documents")
                    .isEqualTo(expected);
        }
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        if (link.matches("[a-z]+:.*")) {
            return true;
        }
        int mark = link.indexOf('#');
        var target =
                link.startsWith("#")
                        ? document
                        : document.resolveSibling(mark < 0 ? link : link.substring(0, mark));
        return Files.exists(target)
                && (mark < 0 || Document.read(target).anchors().contains(link.substring(mark + 1)));
    }

    private static List<Path> documents() throws IOException {
        var root = Repository.root();
        try (var below = Files.walk(root.resolve("docs"));
                var top = Files.list(root)) {
            return Stream.concat(below, top).filter(f -> f.toString().endsWith(".md")).toList();
        }
    }
}
