/// Who the node is: its key, its certificate, and how it got them.
@NullMarked
package org.deepseekplugin.agent.identity;

import org.jspecify.annotations.NullMarked;
