/// Keys, secrets and certificates.
@NullMarked
package org.deepseekplugin.platform.security;

import org.jspecify.annotations.NullMarked;
