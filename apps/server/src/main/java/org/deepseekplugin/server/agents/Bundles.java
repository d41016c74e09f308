package org.deepseekplugin.server.agents;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The agent bundles of one version: `<folder>/<version>/<os-arch>.tar.gz`, each with its checksum
/// in `<os-arch>.tar.gz.sha256` beside it, or computed at the start.
public final class Bundles {
    private static final String SUFFIX = ".tar.gz";
    private static final Pattern PLATFORM = Pattern.compile("[a-z]+-[a-z0-9]+");

    private final String version;
    private final Map<String, Bundle> byPlatform;

    /// @param size in bytes
    public record Bundle(Path file, long size, String sha256) {}

    private Bundles(String version, Map<String, Bundle> byPlatform) {
        this.version = version;
        this.byPlatform = Map.copyOf(byPlatform);
    }

    /// @param wanted the version of this server; the newest by name if the folder lacks it
    public static Bundles in(Path folder, String wanted) {
        var versions = names(folder).stream().filter(v -> Files.isDirectory(folder.resolve(v)));
        var all = versions.sorted().toList();
        var version = all.contains(wanted) || all.isEmpty() ? wanted : all.getLast();
        var found = new TreeMap<String, Bundle>();
        for (var name : names(folder.resolve(version))) {
            var platform = name.replace(SUFFIX, "");
            if (name.endsWith(SUFFIX) && PLATFORM.matcher(platform).matches()) {
                found.put(platform, bundle(folder.resolve(version).resolve(name)));
            }
        }
        return new Bundles(version, found);
    }

    public String version() {
        return version;
    }

    /// By platform, such as `linux-x64`.
    public Map<String, String> checksums() {
        var sums = new TreeMap<String, String>();
        byPlatform.forEach((platform, bundle) -> sums.put(platform, bundle.sha256()));
        return sums;
    }

    Optional<Bundle> find(String askedVersion, String platform) {
        return askedVersion.equals(version)
                ? Optional.ofNullable(byPlatform.get(platform))
                : Optional.empty();
    }

    private static Bundle bundle(Path file) {
        try {
            var beside = file.resolveSibling(file.getFileName() + ".sha256");
            var sum =
                    Files.exists(beside)
                            ? Files.readString(beside).strip().split("\\s+", 2)[0]
                            : sha256(file);
            return new Bundle(file, Files.size(file), sum);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the agent bundle " + file, e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(stream, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
