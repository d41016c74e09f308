/// The process around an in-house engine.
@NullMarked
package org.deepseekplugin.engine;

import org.jspecify.annotations.NullMarked;
