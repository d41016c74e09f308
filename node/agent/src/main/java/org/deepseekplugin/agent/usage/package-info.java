/// Usage records on their way from engines to the control plane, at least once each.
@NullMarked
package org.deepseekplugin.agent.usage;

import org.jspecify.annotations.NullMarked;
