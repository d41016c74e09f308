/// What the data directory holds besides the store: identities, locks, and the files by which
/// others find the server.
@NullMarked
package org.deepseekplugin.server.state;

import org.jspecify.annotations.NullMarked;
