package org.deepseekplugin.orchestrator.events;

import java.time.Instant;

/// Something that happened.
///
/// @param seq grows with time; the place to continue a listing from
/// @param kind such as `machine.rented`, `machine.lost`, `replica.ready`
/// @param subject the id of what it happened to
/// @param message one sentence
public record Event(
        long seq, String project, Instant at, String kind, String subject, String message) {}
