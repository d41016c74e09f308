/// Wiring shared by everything that serves or calls HTTP.
@NullMarked
package org.deepseekplugin.platform.http;

import org.jspecify.annotations.NullMarked;
