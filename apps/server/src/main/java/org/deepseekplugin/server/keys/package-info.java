/// API keys and roles.
@NullMarked
package org.deepseekplugin.server.keys;

import org.jspecify.annotations.NullMarked;
