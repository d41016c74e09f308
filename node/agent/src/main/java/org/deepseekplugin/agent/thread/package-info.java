/// Threads with owners.
@NullMarked
package org.deepseekplugin.agent.thread;

import org.jspecify.annotations.NullMarked;
