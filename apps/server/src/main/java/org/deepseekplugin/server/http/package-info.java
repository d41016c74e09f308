/// Listeners, and what every request passes before anybody answers it.
@NullMarked
package org.deepseekplugin.server.http;

import org.jspecify.annotations.NullMarked;
