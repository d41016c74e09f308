/// Machines as local process groups, each with a folder, a loopback address and a metadata URL.
@NullMarked
package org.deepseekplugin.emulator.host;

import org.jspecify.annotations.NullMarked;
