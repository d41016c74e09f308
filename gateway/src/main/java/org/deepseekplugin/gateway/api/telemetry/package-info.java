/// What the gateway tells about its requests.
@NullMarked
package org.deepseekplugin.gateway.api.telemetry;

import org.jspecify.annotations.NullMarked;
