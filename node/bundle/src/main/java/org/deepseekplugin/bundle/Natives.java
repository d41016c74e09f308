package org.deepseekplugin.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.artifacts.Artifact;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;

/// The native libraries of the `llama` engine, by lock entry (`natives.json`): llama.cpp as
/// packaged by node-llama-cpp 3.22.1, MIT.
public final class Natives {

    private record Lock(Map<String, Files> platforms) {}

    /// @param source of the folder that holds the files
    private record Files(String licence, String source, List<Entry> files) {}

    private record Entry(String name, long size, String sha256) {}

    /// @throws PlatformException naming the platforms that there are
    public static List<Artifact> of(Platform platform) {
        var platforms = read().platforms();
        var files = platforms.get(platform.toString());
        if (files == null) {
            throw new PlatformException(
                    ErrorCode.NOT_FOUND,
                    "There are no native libraries for %s yet; there are some for %s."
                            .formatted(platform, String.join(", ", platforms.keySet())));
        }
        return files.files().stream().map(entry -> artifact(files, entry)).toList();
    }

    private static Artifact artifact(Files files, Entry entry) {
        var source = files.source() + entry.name();
        return new Artifact(
                entry.name(), entry.size(), entry.sha256(), files.licence(), List.of(source));
    }

    private static Lock read() {
        try (var stream = Natives.class.getResourceAsStream("natives.json")) {
            if (stream == null) {
                throw new IllegalStateException("natives.json is missing from the program");
            }
            return Json.read(stream.readAllBytes(), Lock.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Natives() {}
}
