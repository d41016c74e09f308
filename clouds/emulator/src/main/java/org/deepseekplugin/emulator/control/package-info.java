/// The emulator from outside the clouds: faults, limits, kills, evictions and the books.
@NullMarked
package org.deepseekplugin.emulator.control;

import org.jspecify.annotations.NullMarked;
