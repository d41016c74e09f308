/// A deterministic simulation of the whole control plane: real store and loops, simulated clouds,
/// machines, agents, clients, time and chance, and a process that dies at every boundary.
@NullMarked
package org.deepseekplugin.orchestrator.simulation;

import org.jspecify.annotations.NullMarked;
