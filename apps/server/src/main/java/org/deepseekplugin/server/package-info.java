/// The control plane and the gateway in one process. [ServerMain] starts it; `Server` is the one
/// place where its parts are put together.
@NullMarked
package org.deepseekplugin.server;

import org.jspecify.annotations.NullMarked;
