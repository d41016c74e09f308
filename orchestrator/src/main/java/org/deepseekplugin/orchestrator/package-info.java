/// Turns what is wanted (services) into machines that serve it. Parts stand on each other from
/// bottom to top: `events`, `reconcile`, `offers`, `placement`, `fleet`, `nodes`, `services`;
/// [Orchestrator] assembles them.
@NullMarked
package org.deepseekplugin.orchestrator;

import org.jspecify.annotations.NullMarked;
