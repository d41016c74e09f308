/// Rules of the house that the compiler cannot check.
@NullMarked
package org.deepseekplugin.architecture;

import org.jspecify.annotations.NullMarked;
