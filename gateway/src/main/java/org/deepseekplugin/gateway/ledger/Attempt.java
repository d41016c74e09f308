package org.deepseekplugin.gateway.ledger;

import java.time.Instant;

/// One sending of a request to one replica. A retried request has several.
///
/// @param id unique for ever; travels to the engine as its request id and comes back in its record
/// @param request the id that the client sees
/// @param number 1 for the first attempt
/// @param asked the name the client used for the model, perhaps an alias
/// @param promptEstimate tokens that the prompt has by its length; counts only if nobody tells
public record Attempt(
        String id,
        String request,
        int number,
        String project,
        String keyId,
        String asked,
        String model,
        String replica,
        long promptEstimate,
        Instant at) {}
