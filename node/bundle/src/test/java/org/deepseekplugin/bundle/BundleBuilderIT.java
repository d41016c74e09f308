package org.deepseekplugin.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleBuilderIT {
    @TempDir private Path dir;

    private Path jars;
    private Path natives;

    @BeforeEach
    void parts() throws Exception {
        jars = Files.createDirectory(dir.resolve("jars"));
        natives = Files.createDirectory(dir.resolve("natives"));
        Files.writeString(jars.resolve("a.jar"), "jar");
        Files.writeString(natives.resolve("libx.so"), "native");
    }

    @Test
    void a_bundle_unpacks_to_launchers_a_runtime_that_runs_jars_and_natives() throws Exception {
        var bundle = builder().build();
        var tree = Files.createDirectory(dir.resolve("tree"));
        assertThat(run("tar", "-xzf", bundle.toString(), "-C", tree.toString())).isZero();

        assertThat(run(tree.resolve("runtime/bin/java").toString(), "-version")).isZero();
        assertThat(tree.resolve("lib/a.jar")).hasContent("jar");
        assertThat(tree.resolve("natives/llama/linux-x64/libx.so")).hasContent("native");
        assertThat(tree.resolve("bin/agent")).isExecutable();
        assertThat(tree.resolve("bin/engine")).isExecutable();
    }

    @Test
    void is_made_anew_only_when_a_part_differs() throws Exception {
        var made = Files.getLastModifiedTime(builder().build());
        assertThat(Files.getLastModifiedTime(builder().build())).isEqualTo(made);

        Files.writeString(jars.resolve("a.jar"), "another jar");

        assertThat(Files.getLastModifiedTime(builder().build())).isNotEqualTo(made);
    }

    private BundleBuilder builder() {
        return new BundleBuilder(
                jars, natives, dir.resolve("agent"), "1", new Platform("linux", "x64"));
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
