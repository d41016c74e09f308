/// The usage log: what each request took.
@NullMarked
package org.deepseekplugin.engine.usage;

import org.jspecify.annotations.NullMarked;
