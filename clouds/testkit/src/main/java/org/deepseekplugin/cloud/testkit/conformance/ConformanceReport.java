package org.deepseekplugin.cloud.testkit.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// Writes `target/conformance/<test class>.md`: what passed, what failed, and what was skipped
/// because the cloud under test lacks it.
final class ConformanceReport implements TestWatcher, AfterAllCallback {
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final List<String> skipped = new CopyOnWriteArrayList<>();

    @Override
    public void testSuccessful(ExtensionContext test) {
        passed.add(sentence(test));
    }

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        failed.add(sentence(test) + ": " + firstLine(cause));
    }

    @Override
    public void testAborted(ExtensionContext test, @Nullable Throwable cause) {
        skipped.add(sentence(test) + ": " + firstLine(cause));
    }

    @Override
    public void testDisabled(ExtensionContext test, Optional<String> reason) {
        var why = reason.orElse("disabled").replace(SkippedForLack.ALOUD, "");
        skipped.add(sentence(test) + ": " + why);
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        var name = tests.getRequiredTestClass().getSimpleName();
        var lines = new ArrayList<String>();
        lines.add("# " + name);
        lines.add(
                "%d passed, %d failed, %d skipped"
                        .formatted(passed.size(), failed.size(), skipped.size()));
        section(lines, "Failed", failed);
        section(lines, "Skipped", skipped);
        section(lines, "Passed", passed);
        var folder = Files.createDirectories(Path.of("target", "conformance"));
        Files.write(folder.resolve(name + ".md"), lines);
    }

    private static void section(List<String> lines, String title, List<String> tests) {
        if (!tests.isEmpty()) {
            lines.add("\n## " + title);
            tests.stream().sorted().map(test -> "- " + test).forEach(lines::add);
        }
    }

    private static String sentence(ExtensionContext test) {
        return test.getRequiredTestMethod().getName().replace('_', ' ');
    }

    private static String firstLine(@Nullable Throwable cause) {
        var message = cause == null ? null : cause.getMessage();
        return String.valueOf(message == null ? cause : message)
                .strip()
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replace("Assumption failed: ", "");
    }
}
