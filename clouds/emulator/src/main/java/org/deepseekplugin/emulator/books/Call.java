package org.deepseekplugin.emulator.books;

import java.time.Instant;
import java.util.Optional;

/// A line of the [CallBook].
///
/// @param token the idempotency token it carried
/// @param result `ok` or the error code
/// @param fault how its answer was disturbed on the way, if it was
public record Call(
        Instant at,
        String cloud,
        String region,
        String action,
        Optional<String> token,
        String result,
        Optional<String> fault) {}
