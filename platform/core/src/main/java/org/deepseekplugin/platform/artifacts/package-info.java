/// Fetching files by lock entry: weights and native libraries. The checksum decides what a file is;
/// sources only say where its bytes may be found.
@NullMarked
package org.deepseekplugin.platform.artifacts;

import org.jspecify.annotations.NullMarked;
