package org.deepseekplugin.gateway.upstream;

import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.auth.Principal;
import org.jspecify.annotations.Nullable;

/// What a client asks of a model: kept until an endpoint has begun to answer.
///
/// @param id the id that the client sees
/// @param idIsOurs whether the gateway made the id, so that it is unique
/// @param asked the name the client used for the model
/// @param model the model it stands for
/// @param path `/v1/…`
/// @param body the client's bytes, unchanged
/// @param promptEstimate tokens of the prompt, by its length
/// @param traceparent W3C trace context of the client
public record Inquiry(
        String id,
        boolean idIsOurs,
        Principal principal,
        String asked,
        String model,
        String path,
        Buffer body,
        long promptEstimate,
        @Nullable String traceparent,
        Cancellation cancellation) {}
