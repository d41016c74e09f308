package org.deepseekplugin.gateway.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.deepseekplugin.gateway.ledger.files.Segments;

/// Reads a ledger's folder from outside, line by line.
public final class LedgerFiles {

    /// Ids of all attempts that were ever written down.
    public static Set<String> attempts(Path dir) throws IOException {
        var ids = new HashSet<String>();
        for (var segment : Segments.all(dir)) {
            for (var line : Files.readAllLines(segment)) {
                if (EntryLine.read(line.getBytes()).orElse(null)
                        instanceof Entry.Opened(var attempt)) {
                    ids.add(attempt.id());
                }
            }
        }
        return ids;
    }

    private LedgerFiles() {}
}
