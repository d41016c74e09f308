/// What has happened, a line each, as evidence.
@NullMarked
package org.deepseekplugin.emulator.books;

import org.jspecify.annotations.NullMarked;
