/// One OpenAI-compatible endpoint over every replica. `Gateway` assembles the parts; what it needs
/// from others is declared beside its use: `routing.EndpointSource`, `auth.KeySource`,
/// `ledger.LedgerSink`.
@NullMarked
package org.deepseekplugin.gateway;

import org.jspecify.annotations.NullMarked;
