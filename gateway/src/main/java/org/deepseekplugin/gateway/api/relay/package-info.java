/// Passes an engine's answer on: a stream event by event, an error in a shape that clients know.
@NullMarked
package org.deepseekplugin.gateway.api.relay;

import org.jspecify.annotations.NullMarked;
