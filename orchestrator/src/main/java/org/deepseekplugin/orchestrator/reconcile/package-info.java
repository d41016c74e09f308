/// What the control loops are made of: one key at a time, level-triggered, on injected time, chance
/// and threads.
@NullMarked
package org.deepseekplugin.orchestrator.reconcile;

import org.jspecify.annotations.NullMarked;
