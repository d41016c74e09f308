package org.deepseekplugin.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A shell line, run to its end.
///
/// @param text standard output and error, as they came
record Line(int exit, String text) {

    static Line sh(String line, Map<String, String> environment)
            throws IOException, InterruptedException {
        var output = Files.createTempFile("line", ".out");
        var builder =
                new ProcessBuilder("sh", "-c", line)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(line + " did not end: " + Files.readString(output));
        }
        var text = Files.readString(output);
        Files.delete(output);
        return new Line(process.exitValue(), text);
    }
}
