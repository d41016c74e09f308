/// The control API: `openapi.yaml` is the contract, a handler is a method bound to an operation.
@NullMarked
package org.deepseekplugin.server.control;

import org.jspecify.annotations.NullMarked;
