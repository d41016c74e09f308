package org.deepseekplugin.platform.artifacts;

import java.io.IOException;
import java.io.InterruptedIOException;

/// Completes a part file from one source: resumes, goes on after a broken connection, and begins
/// anew once where the bytes that it found belong to another file.
record Download(Artifact artifact, ByteSource source, PartFile part, Progress progress) {
    /// @throws IOException when this source does not have the file; the part then keeps only what
    ///   may be of use to the next source
    void run() throws IOException {
        boolean resumed = part.length() > 0;
        readToTheEnd();
        var found = part.sha256();
        if (resumed && !found.equals(artifact.sha256())) {
            part.restart();
            readToTheEnd();
            found = part.sha256();
        }
        if (!found.equals(artifact.sha256())) {
            part.restart();
            throw new IOException(
                    "wrong checksum: expected " + artifact.sha256() + ", found " + found);
        }
    }

    private void readToTheEnd() throws IOException {
        while (part.length() < artifact.size()) {
            long before = part.length();
            try {
                readOnce();
            } catch (IOException e) {
                if (part.length() <= before || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            if (part.length() <= before) {
                throw new IOException(
                        "ended after %d of %d bytes".formatted(part.length(), artifact.size()));
            }
        }
    }

    private void readOnce() throws IOException {
        var block = new byte[Sha256.BLOCK];
        try (var opened = source.open(part.length())) {
            if (opened.offset() != part.length()) {
                part.restart();
            }
            if (opened.offset() != part.length()) {
                throw new IOException("answered from byte " + opened.offset());
            }
            for (int n = opened.bytes().read(block); n > 0; n = opened.bytes().read(block)) {
                append(block, n);
            }
        }
    }

    private void append(byte[] block, int n) throws IOException {
        if (part.length() + n > artifact.size()) {
            part.restart();
            throw new IOException("longer than the " + artifact.size() + " bytes expected");
        }
        part.append(block, n);
        progress.report("fetching " + artifact.name(), part.length(), artifact.size());
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }
}
