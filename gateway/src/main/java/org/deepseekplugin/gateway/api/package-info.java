/// OpenAI's HTTP surface: reads requests, relays answers, words errors.
@NullMarked
package org.deepseekplugin.gateway.api;

import org.jspecify.annotations.NullMarked;
