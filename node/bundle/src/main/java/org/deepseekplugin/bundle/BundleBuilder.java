package org.deepseekplugin.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Makes the archive that a bare machine downloads, for the platform that it runs on:
///
///     bin/agent  bin/engine         launchers, POSIX sh
///     runtime/                      a Java runtime
///     lib/*.jar                     agent and engines
///     natives/llama/<platform>/     native libraries
///
/// A bundle is made anew only when its parts differ from the last ones.
///
/// @param jars folder with the jars that go in
/// @param natives folder with the native libraries that go in
/// @param folder where bundles are kept: `<version>/<platform>.tar.gz`
public record BundleBuilder(
        Path jars, Path natives, Path folder, String version, Platform platform) {

    /// Whether the archive is there and its parts are those of today.
    public boolean isMade() {
        try {
            return Files.exists(archive())
                    && Files.exists(stamp())
                    && Files.readString(stamp()).equals(parts());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Returns the archive, made anew if need be. One process at a time.
    ///
    /// @throws PlatformException when the disk is full or a tool is missing
    public Path build() {
        if (isMade()) {
            return archive();
        }
        try {
            Files.createDirectories(archive().resolveSibling(""));
            var tree = Files.createTempDirectory(archive().resolveSibling(""), "bundle");
            try {
                lay(tree);
                pack(tree, archive());
            } finally {
                delete(tree);
            }
            Files.writeString(stamp(), parts());
            return archive();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Path archive() {
        return folder.resolve(version).resolve(platform + ".tar.gz");
    }

    /// Says of which parts the archive was made.
    private Path stamp() {
        return archive().resolveSibling(platform + ".parts");
    }

    private PlatformException failed(IOException e) {
        return new PlatformException(
                ErrorCode.INTERNAL,
                "Cannot make the agent bundle %s: %s. It needs about 300 MB of free space there."
                        .formatted(archive(), e.getMessage()),
                e);
    }

    private void lay(Path tree) throws IOException {
        JavaRuntime.link(tree.resolve("runtime"));
        copy(jars, tree.resolve("lib"));
        copy(natives, tree.resolve("natives/llama").resolve(platform.toString()));
        Launchers.write(tree.resolve("bin"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    /// Fast rather than small: it travels over the fast networks of clouds, and a machine waits for
    /// it.
    private static void pack(Path tree, Path target) throws IOException {
        var fresh = target.resolveSibling(target.getFileName() + ".new");
        var tar =
                new ProcessBuilder(
                                "tar",
                                "-I",
                                "gzip -1",
                                "-cf",
                                fresh.toString(),
                                "-C",
                                tree.toString(),
                                ".")
                        .redirectErrorStream(true)
                        .start();
        var words = new String(tar.getInputStream().readAllBytes(), UTF_8);
        try {
            if (tar.waitFor() != 0) {
                throw new IOException("tar failed: " + words.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        Files.move(fresh, target, ATOMIC_MOVE);
    }

    /// Names and sizes of all that goes in, and which Java the runtime is linked from.
    private String parts() throws IOException {
        var all = new ArrayList<>(files(jars));
        all.addAll(files(natives));
        var digest = sha256();
        for (var file : all) {
            var line =
                    file.getFileName()
                            + " "
                            + Files.size(file)
                            + " "
                            + Files.getLastModifiedTime(file)
                            + "\n";
            digest.update(line.getBytes(UTF_8));
        }
        digest.update(System.getProperty("java.runtime.version").getBytes(UTF_8));
        digest.update(Launchers.text().getBytes(UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".jar") || file.toString().endsWith(".so"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
