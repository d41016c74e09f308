package org.deepseekplugin.gateway.ledger.files;

/// Takes in a line of a segment, without its line feed.
@FunctionalInterface
public interface LineReader {

    /// @return false when the line is damaged
    boolean read(byte[] line);
}
