package org.deepseekplugin.platform.artifacts;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Stream.concat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Whole packages, downloaded once each by the installed `pip` or `npm` (which know their
/// registries) into a folder that is deleted at the end. They write below that folder only. One
/// thread.
final class PackageDownloads implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(30);
    private static final int POLL_MILLIS = 250;
    private static final int REASON_LENGTH = 300;

    private final FetchSettings settings;
    private final Path parent;
    private final List<Path> folders = new ArrayList<>();
    private final Map<String, Path> packages = new HashMap<>();

    /// @param parent where the packages' folders are made: on the disk that the artifacts go to
    PackageDownloads(FetchSettings settings, Path parent) {
        this.settings = settings;
        this.parent = parent;
    }

    Path wheel(Source.PyPi source, Progress progress) throws IOException {
        var requirement = source.distribution() + "==" + source.version();
        var arguments =
                Stream.of(
                        "download",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--no-cache-dir",
                        "--disable-pip-version-check",
                        "--no-input",
                        "--retries=2",
                        "--quiet",
                        "--dest=.",
                        requirement);
        return download(requirement, concat(settings.pip().stream(), arguments), progress);
    }

    Path tarball(Source.Npm source, Progress progress) throws IOException {
        var name = source.name() + "@" + source.version();
        var arguments = Stream.of("pack", "--silent", "--fetch-retries=1", name);
        return download(name, concat(settings.npm().stream(), arguments), progress);
    }

    private Path download(String name, Stream<String> command, Progress progress)
            throws IOException {
        var known = packages.get(name);
        if (known != null) {
            return known;
        }
        Files.createDirectories(parent);
        var folder = Files.createTempDirectory(parent, "package-");
        folders.add(folder);
        run(command.toList(), name, folder, progress);
        var file = onlyFile(folder);
        packages.put(name, file);
        return file;
    }

    private static void run(List<String> argv, String name, Path folder, Progress progress)
            throws IOException {
        var log = folder.resolve("log");
        var temporary = Files.createDirectory(folder.resolve("tmp")).toString();
        var builder = new ProcessBuilder(argv).directory(folder.toFile());
        builder.environment().put("TMPDIR", temporary);
        builder.environment().put("npm_config_cache", temporary);
        var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            process.getOutputStream().close();
            await(process, name, folder, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(argv.getFirst() + " failed: " + lastLine(log));
        }
    }

    private static void await(Process process, String name, Path folder, Progress progress)
            throws InterruptedException, IOException {
        for (long waited = 0; !process.waitFor(POLL_MILLIS, MILLISECONDS); waited += POLL_MILLIS) {
            progress.report("downloading " + name, sizeOf(folder), 0);
            if (waited > DEADLINE.toMillis()) {
                throw new IOException("no package after " + DEADLINE.toMinutes() + " minutes");
            }
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().matches(".*\\.(whl|tgz)"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the download left no package behind"));
        }
    }

    private static String lastLine(Path log) throws IOException {
        var lines = Files.readString(log).strip();
        var last = lines.substring(lines.lastIndexOf('\n') + 1);
        return last.substring(0, Math.min(last.length(), REASON_LENGTH));
    }

    private static long sizeOf(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (UncheckedIOException e) {
            return 0; // a file went away while we looked; the next look counts it right
        }
    }

    @Override
    public void close() throws IOException {
        for (Path folder : folders) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
