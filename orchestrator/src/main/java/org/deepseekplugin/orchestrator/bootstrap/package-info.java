/// What a rented machine runs first: it fetches the agent and joins with a token of its own.
@NullMarked
package org.deepseekplugin.orchestrator.bootstrap;

import org.jspecify.annotations.NullMarked;
