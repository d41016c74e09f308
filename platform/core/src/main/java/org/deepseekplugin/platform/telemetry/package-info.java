/// Metrics and logs.
@NullMarked
package org.deepseekplugin.platform.telemetry;

import org.jspecify.annotations.NullMarked;
