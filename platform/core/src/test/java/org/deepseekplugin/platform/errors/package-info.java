@NullMarked
package org.deepseekplugin.platform.errors;

import org.jspecify.annotations.NullMarked;
