/// The ledger's folder: one process at a time, segments of lines, and which of them may go.
@NullMarked
package org.deepseekplugin.gateway.ledger.files;

import org.jspecify.annotations.NullMarked;
