/// What the gateway calls: engines, proxied over mutual TLS.
@NullMarked
package org.deepseekplugin.agent.data;

import org.jspecify.annotations.NullMarked;
