/// What the machine is and how it is doing.
@NullMarked
package org.deepseekplugin.agent.machine;

import org.jspecify.annotations.NullMarked;
