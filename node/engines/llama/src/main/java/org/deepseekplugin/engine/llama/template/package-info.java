/// Renders chat templates: the subset of Jinja that models' templates use.
@NullMarked
package org.deepseekplugin.engine.llama.template;

import org.jspecify.annotations.NullMarked;
