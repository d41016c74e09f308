/// Clouds over their own wire protocols, with process groups of this computer as machines.
///
/// Start one with [Emulator#start] in a test, or by `EmulatorMain` as a process of its own.
@NullMarked
package org.deepseekplugin.emulator;

import org.jspecify.annotations.NullMarked;
