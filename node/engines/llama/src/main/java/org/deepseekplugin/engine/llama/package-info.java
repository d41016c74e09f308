/// The llama engine: llama.cpp, with prompts, batches and text around it.
@NullMarked
package org.deepseekplugin.engine.llama;

import org.jspecify.annotations.NullMarked;
