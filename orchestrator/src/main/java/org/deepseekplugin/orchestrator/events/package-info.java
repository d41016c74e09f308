/// What happened, for people: an append-only list that the API and the CLI show.
@NullMarked
package org.deepseekplugin.orchestrator.events;

import org.jspecify.annotations.NullMarked;
