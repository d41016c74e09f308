/// OpenAI's requests and answers as they look on the wire: read, checked, written.
@NullMarked
package org.deepseekplugin.engine.openai;

import org.jspecify.annotations.NullMarked;
