/// Where a request goes: endpoints, and the choice among them.
@NullMarked
package org.deepseekplugin.gateway.routing;

import org.jspecify.annotations.NullMarked;
