/// What AWS has, and how it names it.
@NullMarked
package org.deepseekplugin.emulator.aws.catalogue;

import org.jspecify.annotations.NullMarked;
