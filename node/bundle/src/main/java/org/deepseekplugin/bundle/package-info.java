/// What a bare machine downloads first: [BundleBuilder] makes it, [Natives] says what else goes in.
@NullMarked
package org.deepseekplugin.bundle;

import org.jspecify.annotations.NullMarked;
