/// `deepseek up` and `down`: a supervisor over emulator and server, and through the emulator over
/// machines.
@NullMarked
package org.deepseekplugin.cli.up;

import org.jspecify.annotations.NullMarked;
