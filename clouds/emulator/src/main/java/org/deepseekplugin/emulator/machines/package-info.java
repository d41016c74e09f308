/// One model of machines for every emulated cloud: what is offered where, what was launched, and
/// the books that survive a crash. Knows no wire protocol and no process.
@NullMarked
package org.deepseekplugin.emulator.machines;

import org.jspecify.annotations.NullMarked;
