package org.deepseekplugin.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever reads Chinese is told as much as whoever reads English.
class TonguesTest {
    private static final Path ROOT = Repository.root();
    private static final Path ENGLISH = ROOT.resolve("docs");
    private static final Path CHINESE = ENGLISH.resolve("zh-CN");

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| [^|]*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private record Twins(Document english, Document chinese) {}

    @Test
    void both_tongues_have_the_same_pages() throws IOException {
        assertThat(pages(CHINESE)).isEqualTo(pages(ENGLISH)).isNotEmpty();
    }

    @Test
    void both_tongues_have_the_same_commands() throws IOException {
        assertSame(Document::commands);
    }

    @Test
    void both_tongues_have_the_same_headings() throws IOException {
        assertSame(Document::headingLevels);
    }

    @Test
    void each_page_begins_with_the_way_to_its_twin() throws IOException {
        for (var twins : twins()) {
            assertNames(twins.english(), twins.chinese());
            assertNames(twins.chinese(), twins.english());
        }
    }

    /// The tables of keys are made from the code, which is English; Chinese pages group them, as in
    /// `gateway.max-*`.
    @ParameterizedTest
    @ValueSource(strings = {"configuration.md", "clouds/aws.md"})
    void every_key_of_the_generated_table_is_explained_in_chinese(String page) throws IOException {
        var keys = Files.readString(ENGLISH.resolve(page));
        keys = keys.substring(keys.indexOf("<!-- generated:"), keys.indexOf("<!-- end -->"));
        var groups = codeInFirstCells(Files.readString(CHINESE.resolve(page)));
        assertThat(codeInFirstCells(keys))
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(groups)
                                .anyMatch(group ->
                                        key.matches(group.replace(".", "\\.").replace("*", ".*"))));
    }

    private static List<String> codeInFirstCells(String text) {
        return FIRST_CELL
                .matcher(text)
                .results()
                .flatMap(cell -> CODE.matcher(cell.group()).results())
                .map(code -> code.group(1))
                .toList();
    }

    private static void assertSame(Function<Document, List<String>> part) throws IOException {
        for (var twins : twins()) {
            assertThat(part.apply(twins.chinese()))
                    .as("%s, as %s has it", twins.chinese().file(), twins.english().file())
                    .isEqualTo(part.apply(twins.english()));
        }
    }

    private static void assertNames(Document page, Document twin) {
        assertThat(page.firstLinks())
                .as("links at the top of %s", page.file())
                .contains(page.file().getParent().relativize(twin.file()).toString());
    }

    private static List<Twins> twins() throws IOException {
        var all = new ArrayList<Twins>();
        all.add(twins(ROOT.resolve("README.md"), ROOT.resolve("README.zh-CN.md")));
        for (var page : pages(ENGLISH)) {
            all.add(twins(ENGLISH.resolve(page), CHINESE.resolve(page)));
        }
        return all;
    }

    private static Twins twins(Path english, Path chinese) throws IOException {
        return new Twins(Document.read(english), Document.read(chinese));
    }

    /// Decisions are for those who change the code, which is English.
    private static List<String> pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(folder::relativize)
                    .map(Path::toString)
                    .filter(page -> !page.startsWith("adr/") && !page.startsWith("zh-CN/"))
                    .sorted()
                    .toList();
        }
    }
}
