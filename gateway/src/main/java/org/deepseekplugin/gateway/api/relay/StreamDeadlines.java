package org.deepseekplugin.gateway.api.relay;

import java.time.Duration;

/// How long each side of a stream may stand still while the other waits for it.
///
/// @param replica between two pieces of its answer
/// @param reader without reading any of what waits for it
public record StreamDeadlines(Duration replica, Duration reader) {}
