/// The engine's HTTP server.
@NullMarked
package org.deepseekplugin.engine.http;

import org.jspecify.annotations.NullMarked;
