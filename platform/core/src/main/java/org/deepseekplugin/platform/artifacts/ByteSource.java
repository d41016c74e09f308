package org.deepseekplugin.platform.artifacts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that can be read from the middle.
interface ByteSource {

    /// @param offset where to begin; a source that cannot begin there begins at 0
    Opened open(long offset) throws IOException;

    /// @param offset where `bytes` really begin
    record Opened(InputStream bytes, long offset) implements Closeable {

        /// For sources that are read from their beginning.
        static Opened skipping(InputStream bytes, long offset) throws IOException {
            bytes.skipNBytes(offset);
            return new Opened(bytes, offset);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
