package org.deepseekplugin.emulator.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineFileTest {
    @TempDir Path folder;

    @Test
    void hands_back_what_was_written() throws IOException {
        append("one", "zwei ü", "三");

        assertThat(append()).containsExactly("one", "zwei ü", "三");
    }

    @Test
    void a_line_that_broke_off_in_the_middle_of_a_character_is_cut() throws IOException {
        append("one");
        var half = new byte[] {'x', (byte) 0xe4};
        Files.write(folder.resolve("lines"), half, StandardOpenOption.APPEND);

        assertThat(append("two")).containsExactly("one");
        assertThat(append()).containsExactly("one", "two");
    }

    @Test
    void a_file_without_a_whole_line_is_empty() throws IOException {
        Files.writeString(folder.resolve("lines"), "never finished");

        assertThat(append("one")).isEmpty();
        assertThat(append()).containsExactly("one");
    }

    /// @return what was there before
    private List<String> append(String... lines) throws IOException {
        var found = new ArrayList<String>();
        try (var file = LineFile.open(folder.resolve("lines"), found::add)) {
            for (var line : lines) {
                file.append(line, true);
            }
        }
        return found;
    }
}
