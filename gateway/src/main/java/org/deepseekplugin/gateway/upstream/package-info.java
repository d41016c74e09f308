/// How a request gets there: pools, retries, deadlines, cancellation.
@NullMarked
package org.deepseekplugin.gateway.upstream;

import org.jspecify.annotations.NullMarked;
