/// llama.cpp's C interface through the foreign function interface.
@NullMarked
package org.deepseekplugin.engine.llama.ffm;

import org.jspecify.annotations.NullMarked;
