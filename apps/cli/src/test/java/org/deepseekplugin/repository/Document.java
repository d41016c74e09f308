package org.deepseekplugin.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page as its readers see it.
///
/// @param prose its lines outside code
/// @param commands its code that is to be typed: fenced with a language, or indented; comments
///   aside. What is fenced without a language is a picture.
public record Document(Path file, List<String> prose, List<String> commands) {
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final String FENCE = "```";
    private static final String INDENT = "    ";

    public static Document read(Path file) throws IOException {
        var prose = new ArrayList<String>();
        var commands = new ArrayList<String>();
        var lines = Files.readAllLines(file).iterator();
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith(FENCE)) {
                var code = fenced(lines::next);
                if (line.length() > FENCE.length()) {
                    commands.add(line + "\n" + code);
                }
            } else if (line.startsWith(INDENT)) {
                commands.add(withoutComments(line));
            } else {
                prose.add(line);
            }
        }
        return new Document(file, List.copyOf(prose), List.copyOf(commands));
    }

    /// `##` for a heading of the second level.
    public List<String> headingLevels() {
        return headings().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    /// What GitHub makes of its headings.
    List<String> anchors() {
        return headings()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    List<String> links() {
        return links(prose);
    }

    /// Of the lines at the top, where the other tongue is named.
    List<String> firstLinks() {
        return links(prose.subList(0, Math.min(4, prose.size())));
    }

    private static List<String> links(List<String> lines) {
        return LINK.matcher(String.join("\n", lines)).results().map(m -> m.group(1)).toList();
    }

    private Stream<String> headings() {
        return prose.stream().filter(line -> line.matches("#{1,6} .*"));
    }

    private static String fenced(Supplier<String> lines) {
        var code = new StringBuilder();
        for (var line = lines.get(); !line.startsWith(FENCE); line = lines.get()) {
            code.append(withoutComments(line)).append('\n');
        }
        return code.toString();
    }

    private static String withoutComments(String line) {
        return line.replaceAll("(^|\\s+)#.*$", "");
    }
}
