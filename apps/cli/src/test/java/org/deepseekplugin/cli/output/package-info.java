@NullMarked
package org.deepseekplugin.cli.output;

import org.jspecify.annotations.NullMarked;
