/// Where a replica goes, and why not elsewhere.
@NullMarked
package org.deepseekplugin.orchestrator.placement;

import org.jspecify.annotations.NullMarked;
