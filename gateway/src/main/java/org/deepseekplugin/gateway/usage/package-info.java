/// How many tokens a request used, as far as its bytes tell: what an answer states, else an
/// estimate. The engine's own count is the ledger's business.
@NullMarked
package org.deepseekplugin.gateway.usage;

import org.jspecify.annotations.NullMarked;
