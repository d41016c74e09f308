/// What a cloud is to the emulator: one catalogue, one protocol, one metadata service over the
/// common machine model. A new cloud implements [EmulatedCloud] in a package of its own.
@NullMarked
package org.deepseekplugin.emulator.clouds;

import org.jspecify.annotations.NullMarked;
