/// What a cloud rents out: types, zones, prices.
@NullMarked
package org.deepseekplugin.emulator.offers;

import org.jspecify.annotations.NullMarked;
