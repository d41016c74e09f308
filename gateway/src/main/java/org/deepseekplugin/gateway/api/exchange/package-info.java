/// One request while it is being answered: what is known of it, how it ends, and short answers.
@NullMarked
package org.deepseekplugin.gateway.api.exchange;

import org.jspecify.annotations.NullMarked;
