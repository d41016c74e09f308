/// What `deepseek.yaml` may say.
@NullMarked
package org.deepseekplugin.server.config;

import org.jspecify.annotations.NullMarked;
