@NullMarked
package org.deepseekplugin.cli;

import org.jspecify.annotations.NullMarked;
