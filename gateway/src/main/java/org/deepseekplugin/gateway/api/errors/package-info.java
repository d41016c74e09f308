/// What a client is told instead of an answer, in OpenAI's shape.
@NullMarked
package org.deepseekplugin.gateway.api.errors;

import org.jspecify.annotations.NullMarked;
