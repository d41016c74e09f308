package org.deepseekplugin.repository;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./deepseek` in a tree of its own, whose path holds spaces, with a Maven of ours that "builds" a
/// one-class program, and with only those programs on the PATH that a test names.
class LauncherIT {
    private static final List<String> TOOLS =
            List.of(
                    "sh",
                    "basename",
                    "cat",
                    "cp",
                    "cut",
                    "date",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "id",
                    "ln",
                    "mkdir",
                    "readlink",
                    "rm",
                    "sed",
                    "sort",
                    "tee",
                    "touch");

    private static final String MAVEN =
            """
            #!/bin/sh
            echo run >>'%1$s/maven.runs'
            echo '[INFO] Building cli 0.1.0-SNAPSHOT      [15/15]'
            mkdir -p apps/cli/target
            cp '%1$s/program.jar' apps/cli/target/cli-0.1.0-SNAPSHOT.jar
            """;

    @TempDir Path folder;
    private Path tree;
    private Path bin;

    @BeforeEach
    void lay() throws IOException {
        tree = Files.createDirectories(folder.resolve("a tree of \"ours\""));
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String file :
                List.of(
                        "deepseek",
                        "dev",
                        "apps/cli/launcher/toolchain.sh",
                        "apps/cli/launcher/build.sh",
                        "apps/cli/launcher/tests.sh")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.copy(Repository.root().resolve(file), tree.resolve(file));
        }
        for (String source :
                List.of("clouds", "gateway", "node", "orchestrator", "platform", ".mvn")) {
            Files.createDirectories(tree.resolve(source));
        }
        Files.createDirectories(tree.resolve("gateway/src/main"));
        Files.writeString(tree.resolve("gateway/src/main/A.java"), "class A {}");
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        for (String tool : TOOLS) {
            program(tool, "#!" + which("sh") + "\nexec " + which(tool) + " \"$@\"\n");
        }
        jar(folder.resolve("program.jar"));
        program("mvn", MAVEN.formatted(folder));
    }

    @Test
    void builds_once_and_hands_over_the_arguments() throws Exception {
        var first = deepseek(withJdk(), "say", "two words", "*");
        assertThat(first.text()).contains("Building", "  cli [15/15]\n", "[say][two words][*]");
        assertThat(first.exit()).isEqualTo(7);
        var second = deepseek(withJdk(), "again");
        assertThat(second.text()).isEqualTo("[again]\n");
        assertThat(builds()).isEqualTo(1);
    }

    /// What reads the first line lets the build go on; were it held back, nothing would.
    @Test
    void tells_of_a_module_while_the_next_is_being_built() throws Exception {
        var script =
                """
                . '%s/apps/cli/launcher/build.sh'
                mkfifo back
                {
                    echo '[INFO] Building cli 0.1.0-SNAPSHOT      [1/2]'
                    timeout 20 cat back || touch late
                } | modules | {
                    read -r first
                    echo "$first"
                    if [ -e late ]; then echo "too late"; else : >back; fi
                }
                """
                        .formatted(Repository.root());
        var ran = Shell.run(folder, System.getenv(), List.of("sh", "-c", script));
        assertThat(ran.text()).isEqualTo("cli [1/2]\n");
    }

    @Test
    void builds_again_when_a_source_changed() throws Exception {
        deepseek(withJdk(), "a");
        var later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(tree.resolve("gateway/src/main/A.java"), later);
        deepseek(withJdk(), "b");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void builds_again_when_a_source_is_gone() throws Exception {
        deepseek(withJdk(), "a");
        Files.delete(tree.resolve("gateway/src/main/A.java"));
        var later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(tree.resolve("gateway/src/main"), later);
        deepseek(withJdk(), "b");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void says_what_to_do_where_nothing_can_install_a_jdk() throws Exception {
        var ran = deepseek(withoutJdk(), "version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text()).contains("needs a JDK 25", "sdk install java 25-tem", "JAVA_HOME");
    }

    @Test
    void does_not_install_without_a_yes() throws Exception {
        aptThatInstallsAJdk();
        var ran = deepseek(withoutJdk(), "version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text()).contains("--yes", "apt-get install -y");
        assertThat(folder.resolve("installed")).doesNotExist();
    }

    @Test
    void installs_a_jdk_after_a_yes() throws Exception {
        aptThatInstallsAJdk();
        var ran = deepseek(withoutJdk(), "version", "--yes");
        assertThat(ran.text())
                .contains("Installing a JDK 25", "temurin-25-jdk", "[version][--yes]");
    }

    @Test
    void passes_over_a_jdk_that_is_too_old() throws Exception {
        var old = Files.createDirectories(folder.resolve("old/bin"));
        executable(old.resolve("java"), "#!/bin/sh\necho old\n");
        executable(old.resolve("javac"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"17.0.9\"\n");
        var environment = withoutJdk();
        environment.put("JAVA_HOME", folder.resolve("old").toString());
        environment.put("DEEPSEEK_JVM_FOLDERS", System.getProperty("java.home"));
        assertThat(deepseek(environment, "hello").text()).contains("[hello]");
    }

    @Test
    void tells_a_closed_network_from_a_broken_source() throws Exception {
        program("mvn", "#!/bin/sh\necho '[ERROR] Could not transfer artifact x'\nexit 1\n");
        var ran = deepseek(withJdk(), "version");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text()).contains("Check the network", "All of it:");
    }

    @Test
    void tells_a_full_disk() throws Exception {
        program("mvn", "#!/bin/sh\necho '[ERROR] No space left on device'\nexit 1\n");
        assertThat(deepseek(withJdk(), "version").text()).contains("The disk is full");
    }

    @Test
    void shellcheck_has_nothing_to_say() throws Exception {
        assumeTrue(which("shellcheck") != null, "shellcheck is not installed: ./dev setup");
        var scripts = List.of("shellcheck", "-x", "deepseek", "dev", ".ci/run");
        var ran = Shell.run(Repository.root(), System.getenv(), scripts);
        assertThat(ran.text()).isEmpty();
        assertThat(ran.exit()).isZero();
    }

    private Shell deepseek(Map<String, String> environment, String... arguments) throws Exception {
        var command =
                Stream.concat(Stream.of(tree.resolve("deepseek").toString()), Stream.of(arguments));
        return Shell.run(folder, environment, command.toList());
    }

    private Map<String, String> withJdk() {
        var environment = withoutJdk();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return environment;
    }

    private Map<String, String> withoutJdk() {
        var environment = new HashMap<String, String>();
        environment.put("PATH", bin.toString());
        environment.put("HOME", folder.toString());
        environment.put("DEEPSEEK_JVM_FOLDERS", folder.resolve("installed").toString());
        return environment;
    }

    private void aptThatInstallsAJdk() throws IOException {
        program("apt-cache", "#!/bin/sh\n[ \"$2\" = temurin-25-jdk ]\n");
        program(
                "apt-get",
                "#!/bin/sh\nln -s '"
                        + System.getProperty("java.home")
                        + "' '"
                        + folder.resolve("installed")
                        + "'\n");
        program("sudo", "#!/bin/sh\nexec \"$@\"\n");
    }

    private int builds() throws IOException {
        return Files.readAllLines(folder.resolve("maven.runs")).size();
    }

    private void program(String name, String text) throws IOException {
        executable(bin.resolve(name), text);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }

    private static Path which(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /// A `CliMain` that prints its arguments and exits with 7.
    private void jar(Path jar) throws IOException {
        var source = folder.resolve("CliMain.java");
        Files.writeString(
                source,
                """
                package org.deepseekplugin.cli;
                class CliMain {
                    public static void main(String[] args) {
                        for (String arg : args) System.out.print("[" + arg + "]");
                        System.out.println();
                        System.exit(7);
                    }
                }
                """);
        var quiet = OutputStream.nullOutputStream();
        var compiler = ToolProvider.getSystemJavaCompiler();
        compiler.run(null, quiet, quiet, "-d", folder.toString(), source.toString());
        var name = "org/deepseekplugin/cli/CliMain.class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(name));
            out.write(Files.readAllBytes(folder.resolve(name)));
        }
    }
}
