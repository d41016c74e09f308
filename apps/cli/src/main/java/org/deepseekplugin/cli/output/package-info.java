/// What a person or a program reads: tables, JSON, progress.
@NullMarked
package org.deepseekplugin.cli.output;

import org.jspecify.annotations.NullMarked;
