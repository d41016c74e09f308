/// The agent on a node: it joins, runs engines, lets the gateway in, and reports. [Agent] wires it.
@NullMarked
package org.deepseekplugin.agent;

import org.jspecify.annotations.NullMarked;
