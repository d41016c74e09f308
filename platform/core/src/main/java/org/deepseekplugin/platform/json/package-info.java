/// The one place where JSON is configured.
@NullMarked
package org.deepseekplugin.platform.json;

import org.jspecify.annotations.NullMarked;
