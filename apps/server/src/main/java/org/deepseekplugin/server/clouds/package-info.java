/// Drivers and what each of their calls passes through.
@NullMarked
package org.deepseekplugin.server.clouds;

import org.jspecify.annotations.NullMarked;
