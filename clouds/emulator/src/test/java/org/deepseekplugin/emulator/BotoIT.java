package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client that we did not write, in another language: boto3 runs `boto_line.py`.
final class BotoIT {
    @TempDir Path folder;

    @Test
    void boto3_launches_lists_and_is_refused_as_by_aws() throws IOException, InterruptedException {
        var python = python();
        Assumptions.assumeTrue(
                hasBoto(python), "SKIPPED: no boto3 in " + python + "; run ./dev setup");
        var script = folder.resolve("boto_line.py");
        try (var resource = BotoIT.class.getResourceAsStream("boto_line.py")) {
            Files.copy(resource, script);
        }
        try (var cloud = new AwsFixture(folder.resolve("data"))) {
            var endpoints = folder.resolve("endpoints.json");
            Files.write(endpoints, Json.bytes(cloud.aws));
            var output = folder.resolve("output").toFile();
            var builder =
                    new ProcessBuilder(
                            List.of(python.toString(), script.toString(), endpoints.toString()));
            builder.environment()
                    .keySet()
                    .removeIf(name ->
                            name.startsWith("AWS_")
                                    || name.endsWith("_proxy")
                                    || name.endsWith("_PROXY"));
            builder.environment().put("HOME", folder.toString());
            var process = builder.redirectErrorStream(true).redirectOutput(output).start();

            assertThat(process.waitFor())
                    .as(Files.readString(output.toPath(), StandardCharsets.UTF_8))
                    .isZero();
        }
    }

    private static boolean hasBoto(Path python) throws IOException, InterruptedException {
        return Files.isExecutable(python)
                && new ProcessBuilder(python.toString(), "-c", "import boto3").start().waitFor()
                        == 0;
    }

    private static Path python() {
        var tools = System.getenv("DEEPSEEK_TEST_TOOLS");
        var folder =
                tools != null
                        ? Path.of(tools)
                        : Path.of(
                                System.getProperty("user.home"),
                                ".cache/deepseek-plugin/test-tools");
        return folder.resolve("venv/bin/python");
    }
}
