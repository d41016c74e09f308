package org.deepseekplugin.server.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A key that somebody wants.
public record NewKey(
        String project, String name, Role role, List<String> models, Optional<Instant> expiresAt) {}
