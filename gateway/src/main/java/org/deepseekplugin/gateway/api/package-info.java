/// OpenAI's HTTP surface: `V1` is where a request comes in. Its parts: `body` reads, `relay` passes
/// answers on, `errors` words refusals, `exchange` keeps one request together, `telemetry` tells.
@NullMarked
package org.deepseekplugin.gateway.api;

import org.jspecify.annotations.NullMarked;
