/// Machines: durable intents, the calls that rent and return machines, and the comparison of our
/// books with each cloud's.
@NullMarked
package org.deepseekplugin.orchestrator.fleet;

import org.jspecify.annotations.NullMarked;
