/// The repository's own promises: launchers, documents, links.
@NullMarked
package org.deepseekplugin.repository;

import org.jspecify.annotations.NullMarked;
