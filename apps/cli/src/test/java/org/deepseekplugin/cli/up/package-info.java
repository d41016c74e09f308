@NullMarked
package org.deepseekplugin.cli.up;

import org.jspecify.annotations.NullMarked;
