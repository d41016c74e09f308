/// Who is asking: bearer keys and what they may use.
@NullMarked
package org.deepseekplugin.gateway.auth;

import org.jspecify.annotations.NullMarked;
