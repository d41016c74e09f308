/// Waiting, made deterministic for tests.
@NullMarked
package org.deepseekplugin.platform.time;

import org.jspecify.annotations.NullMarked;
