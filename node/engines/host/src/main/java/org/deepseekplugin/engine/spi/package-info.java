/// What an engine must be able to do, and what it is told.
@NullMarked
package org.deepseekplugin.engine.spi;

import org.jspecify.annotations.NullMarked;
