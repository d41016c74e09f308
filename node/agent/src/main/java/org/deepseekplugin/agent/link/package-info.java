/// The connection to the control plane.
@NullMarked
package org.deepseekplugin.agent.link;

import org.jspecify.annotations.NullMarked;
