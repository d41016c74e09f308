/// The control API as the command line sees it.
@NullMarked
package org.deepseekplugin.cli.client;

import org.jspecify.annotations.NullMarked;
