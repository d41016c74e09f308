/// The commands that ask a server: one class each.
@NullMarked
package org.deepseekplugin.cli.commands;

import org.jspecify.annotations.NullMarked;
