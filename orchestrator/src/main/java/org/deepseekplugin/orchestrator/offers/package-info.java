/// What can be rented, from all clouds together.
@NullMarked
package org.deepseekplugin.orchestrator.offers;

import org.jspecify.annotations.NullMarked;
