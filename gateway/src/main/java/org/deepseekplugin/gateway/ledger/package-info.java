/// What a request used: an exact account of tokens that survives kills.
@NullMarked
package org.deepseekplugin.gateway.ledger;

import org.jspecify.annotations.NullMarked;
