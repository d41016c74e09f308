/// What a request may cost before it is understood: size, depth, time.
@NullMarked
package org.deepseekplugin.gateway.limits;

import org.jspecify.annotations.NullMarked;
