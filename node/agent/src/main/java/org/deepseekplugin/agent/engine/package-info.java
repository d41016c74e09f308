/// Engines as supervised processes.
@NullMarked
package org.deepseekplugin.agent.engine;

import org.jspecify.annotations.NullMarked;
