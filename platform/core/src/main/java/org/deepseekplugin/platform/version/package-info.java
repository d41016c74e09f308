/// What this build calls itself.
@NullMarked
package org.deepseekplugin.platform.version;

import org.jspecify.annotations.NullMarked;
