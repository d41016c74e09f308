/// Configuration: YAML files become records, and everything that is wrong is said at once.
///
/// Keys are kebab-case (`_` is accepted for `-`). A record's components are its keys; [Doc]
/// describes one, [Default] says what holds when it is absent, from which [ConfigReference] writes
/// the documentation.
@NullMarked
package org.deepseekplugin.platform.config;

import org.jspecify.annotations.NullMarked;
