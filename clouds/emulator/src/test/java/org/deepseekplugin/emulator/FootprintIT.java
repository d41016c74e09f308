package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a machine writes stays below its own folder, and nothing of it stays when it is terminated.
final class FootprintIT {
    /// Does what a bootstrap does, and forgets where it is as often as it can.
    private static final String SCRIPT =
            """
            #!/bin/sh
            set -eu
            export DEEPSEEK_HOME="${DEEPSEEK_HOME:-/opt/deepseek}"
            mkdir -p "$DEEPSEEK_HOME" && cd "$DEEPSEEK_HOME"
            mkdir bundle && echo x >bundle/x && tar -czf bundle.tar.gz bundle && tar -xzf bundle.tar.gz -C "${TMPDIR:-/tmp}"
            sha256sum bundle.tar.gz >bundle.sha256
            curl -s -o answer "$DEEPSEEK_METADATA_URL/latest/meta-data/"
            cd && touch in-my-home
            mkdir -p "${XDG_CONFIG_HOME:-$HOME/.config}/tool" "${XDG_CACHE_HOME:-$HOME/.cache}/tool" ~/.local/share/tool
            mktemp && mktemp -d && mktemp -t XXXXXX
            mkdir locked && touch locked/x && chmod 500 locked
            (umask 077 && touch secret)
            ln -s / everything && ln -s "$HOME" loop
            setsid sh -c 'touch "$HOME/escaped"; sleep 1000' &
            echo ready
            exec sleep 1000
            """;

    private static final List<String> NOT_FILES = List.of("/proc", "/sys", "/dev");

    /// Where whatever else runs on this computer writes all the time.
    private static final List<String> BUSY =
            List.of(".m2", ".cache", ".npm", "target", "tmp", "log", "lib", "cache");

    @TempDir Path folder;
    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectories(folder.toRealPath().resolve("data"));
    }

    @Test
    void the_places_where_a_wayward_script_would_write_are_as_before() throws IOException {
        var before = snapshot();
        try (var cloud = new AwsFixture(data)) {
            var id = cloud.run("t", SCRIPT);
            Await.until("it has written", () -> cloud.console(id).contains("ready"));
            assertThat(data.resolve("machines").resolve(id).resolve("disk/home/in-my-home"))
                    .exists();
            assertThat(snapshot()).isEqualTo(before);

            cloud.ec2.terminateInstances(r -> r.instanceIds(id));
            Await.until("it is gone", () -> !Files.exists(data.resolve("machines").resolve(id)));
        }
        assertThat(snapshot()).isEqualTo(before);
    }

    /// Root can give a process a group that nobody else has: whatever on the whole file system
    /// belongs to that group was written by the emulator and its machine.
    @Test
    void of_the_whole_file_system_only_the_data_folder_was_written_to() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root")
                        && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "SKIPPED: only root can give the emulator a group of its own (setpriv)");
        int group = 700_000_000 + (int) (ProcessHandle.current().pid() % 100_000_000);
        var prefix = List.of("/usr/bin/setpriv", "--regid=" + group, "--clear-groups");
        try (var emulator = new EmulatorProcess(prefix, data);
                var ec2 = Sdk.ec2(emulator.aws)) {
            var id =
                    ec2.runInstances(Sdk.order(emulator.aws, "t", SCRIPT).build())
                            .instances()
                            .getFirst()
                            .instanceId();
            Await.until("it has written", () -> emulator.console(id).contains("ready"));

            var machine = data.resolve("machines").resolve(id);
            assertThat(writtenBy(group))
                    .contains(
                            machine.resolve("disk/home/in-my-home"),
                            machine.resolve("disk/home/escaped"))
                    .allMatch(path -> path.startsWith(data));
        }
    }

    private static List<Path> writtenBy(int group) throws IOException {
        var find =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "find / \\( -path /proc -o -path /sys -o -path /dev/pts \\) -prune -o -gid "
                                        + group
                                        + " -print")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new String(find.getInputStream().readAllBytes()).lines().map(Path::of).toList();
    }

    /// Every file near the top of the tree and of the user's home, with its size and time.
    private static Map<String, String> snapshot() throws IOException {
        var all = new TreeMap<String, String>();
        collect(Path.of("/"), 1, all);
        for (var place :
                List.of("/etc", "/opt", "/srv", "/usr/local", "/boot", "/mnt", "/media", "/var")) {
            collect(Path.of(place), 3, all);
        }
        collect(Path.of("/var/tmp"), 2, all);
        collect(Path.of(System.getProperty("user.home")), 3, all);
        collect(Path.of(System.getProperty("user.dir")), 2, all);
        return all;
    }

    private static void collect(Path top, int depth, Map<String, String> found) throws IOException {
        if (!Files.isDirectory(top)) {
            return;
        }
        Files.walkFileTree(
                top.toRealPath(),
                EnumSet.noneOf(java.nio.file.FileVisitOption.class),
                depth,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes it) {
                        boolean skipped = !path.equals(top) && isNoise(path);
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes it) {
                        if (!isNoise(path)) {
                            var state =
                                    it.isRegularFile()
                                            ? it.size() + " " + it.lastModifiedTime()
                                            : "there";
                            found.put(path.toString(), state);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException unreadable) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static boolean isNoise(Path path) {
        return NOT_FILES.contains(path.toString())
                || path.getFileName() != null && BUSY.contains(path.getFileName().toString());
    }
}
