/// Trouble on order: what the control API sets, and a wire protocol takes before each call.
@NullMarked
package org.deepseekplugin.emulator.faults;

import org.jspecify.annotations.NullMarked;
