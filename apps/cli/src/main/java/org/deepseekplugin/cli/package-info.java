/// The command line. One class a command; what they share is in the packages below.
@NullMarked
package org.deepseekplugin.cli;

import org.jspecify.annotations.NullMarked;
