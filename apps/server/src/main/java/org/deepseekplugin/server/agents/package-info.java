/// What agents ask for: joining, their connection, bundles and weights.
@NullMarked
package org.deepseekplugin.server.agents;

import org.jspecify.annotations.NullMarked;
