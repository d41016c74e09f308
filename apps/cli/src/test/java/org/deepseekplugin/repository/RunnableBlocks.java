package org.deepseekplugin.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The blocks of a document that a test runs: those fenced as `sh run`.
public final class RunnableBlocks {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh run\\n(.*?)^```$");

    public static List<String> of(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private RunnableBlocks() {}
}
