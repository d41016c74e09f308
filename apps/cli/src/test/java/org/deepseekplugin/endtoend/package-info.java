/// The whole product, as processes, from a clean data directory.
@NullMarked
package org.deepseekplugin.endtoend;

import org.jspecify.annotations.NullMarked;
