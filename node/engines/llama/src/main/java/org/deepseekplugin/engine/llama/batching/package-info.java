/// Continuous batching: which sequence gets which tokens decoded in the next step.
@NullMarked
package org.deepseekplugin.engine.llama.batching;

import org.jspecify.annotations.NullMarked;
