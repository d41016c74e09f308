package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts files where they are wanted, byte for byte as their lock entries say.
///
/// Sources are tried in order. Bytes go to `<target>.part`, which survives the process and is
/// resumed; only a complete file with the right checksum is moved into place, atomically, so what
/// was there before stays until then. A verified file is remembered by [VerifiedStamp]. Memory use
/// does not depend on the file's size. Processes that want the same file wait for one another;
/// within one process nobody may ask for the same file twice at once.
///
/// For one thread; interrupting it ends a fetch. [#close] deletes packages that were downloaded on
/// the way, so fetch members of the same package with one fetcher.
public final class ArtifactFetcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ArtifactFetcher.class);

    private final Sources sources;

    /// @param temporary where downloaded packages are kept for a while
    public ArtifactFetcher(FetchSettings settings, Path temporary) {
        this.sources = new Sources(settings, new PackageDownloads(settings, temporary));
    }

    /// Returns when `target` is verified.
    ///
    /// @throws PlatformException `upstream_failed` naming every source that was tried, why it
    ///   failed, and what to do; `disk_full`; `shutting_down` when interrupted
    public void fetch(Artifact artifact, Path target, Progress progress) {
        try {
            var stamp = new VerifiedStamp(target);
            if (stamp.says(artifact.sha256())) {
                return;
            }
            Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
            try (var lock = lockFile(target)) {
                lock.lock(); // ends with the channel
                if (!stamp.says(artifact.sha256())) {
                    fetchOrAdopt(artifact, target, progress);
                    stamp.write(artifact.sha256());
                }
            }
        } catch (IOException e) {
            requireNotInterrupted(artifact, e);
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot store " + target + ": " + reason(e), e);
        }
    }

    private void fetchOrAdopt(Artifact artifact, Path target, Progress progress)
            throws IOException {
        var present = Files.exists(target) ? Sha256.of(target, progress) : "";
        if (!present.equals(artifact.sha256())) {
            try (var part = new PartFile(beside(target, ".part"))) {
                requireSpace(artifact, target, part);
                fromAnySource(artifact, target, part, present, progress);
                part.moveTo(target);
            }
        }
    }

    private void fromAnySource(
            Artifact artifact, Path target, PartFile part, String present, Progress progress) {
        var failures = new ArrayList<String>();
        for (String source : artifact.sources()) {
            try {
                var bytes = sources.of(Source.parse(source), artifact, progress);
                new Download(artifact, bytes, part, progress).run();
                return;
            } catch (IOException | IllegalArgumentException e) {
                requireNotInterrupted(artifact, e);
                log.atInfo()
                        .addKeyValue("artifact", artifact.name())
                        .addKeyValue("source", source)
                        .addKeyValue("reason", reason(e))
                        .log("source failed, trying next");
                failures.add(source + ": " + reason(e));
            }
        }
        throw unavailable(artifact, target, present, failures);
    }

    private static void requireNotInterrupted(Artifact artifact, Exception cause) {
        if (Thread.currentThread().isInterrupted()) {
            throw new PlatformException(
                    ErrorCode.SHUTTING_DOWN,
                    "Fetching " + artifact.name() + " was interrupted.",
                    cause);
        }
    }

    private static PlatformException unavailable(
            Artifact artifact, Path target, String present, List<String> failures) {
        var kept =
                present.isEmpty()
                        ? ""
                        : " The file that is there was kept; its sha256 is " + present + ".";
        return new PlatformException(
                ErrorCode.UPSTREAM_FAILED,
                "Cannot fetch %s (%d bytes, sha256 %s). Tried %s.%s Remedy: open the way to one of these, or put the file at %s yourself."
                        .formatted(
                                artifact.name(),
                                artifact.size(),
                                artifact.sha256(),
                                failures.isEmpty()
                                        ? "nothing, as the entry names no source"
                                        : String.join("; ", failures),
                                kept,
                                target));
    }

    private static void requireSpace(Artifact artifact, Path target, PartFile part)
            throws IOException {
        long missing = artifact.size() - part.length();
        long free = Files.getFileStore(target.toAbsolutePath().resolveSibling("")).getUsableSpace();
        if (free < missing) {
            throw new PlatformException(
                    ErrorCode.DISK_FULL,
                    "%s needs %d MiB more at %s, where only %d MiB are free. Free some space there and try again."
                            .formatted(artifact.name(), missing >> 20, target, free >> 20));
        }
    }

    private static FileChannel lockFile(Path target) throws IOException {
        return FileChannel.open(
                beside(target, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static String reason(Exception e) {
        return switch (e) {
            case UnknownHostException u -> "cannot resolve " + u.getMessage();
            case NoSuchFileException n -> "no such file";
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() {
        try {
            sources.packages().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete downloaded packages", e);
        }
    }
}
