/// What a cloud driver implements ([CloudDriver], [DriverFactory]) and what it is given
/// ([DriverContext]). Depends on the JDK and JSpecify only, so a driver author needs one jar.
@NullMarked
package org.deepseekplugin.cloud.spi;

import org.jspecify.annotations.NullMarked;
