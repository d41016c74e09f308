/// What a machine can ask AWS about itself.
@NullMarked
package org.deepseekplugin.emulator.aws.metadata;

import org.jspecify.annotations.NullMarked;
