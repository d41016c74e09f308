/// Machines whose agent has joined: tokens, connections, heartbeats, and what each shall run.
@NullMarked
package org.deepseekplugin.orchestrator.nodes;

import org.jspecify.annotations.NullMarked;
