package org.deepseekplugin.orchestrator.fleet;

import org.deepseekplugin.cloud.spi.Instance;

/// A difference between our books and a cloud's listing.
sealed interface Finding {
    /// The machine of an intent whose answer was lost.
    record Found(Intent intent, Instance machine) implements Finding {}

    /// A live machine of ours that no intent accounts for.
    record Stray(Instance machine) implements Finding {}

    /// A machine of ours that is gone, or stopped, without our doing.
    record Lost(Rental rental, String why, boolean stillListed) implements Finding {}

    /// A machine that was to be returned is gone.
    record Returned(Rental rental) implements Finding {}

    /// A machine has got an address.
    record Addressed(Rental rental, String address) implements Finding {}

    /// The cloud may have forgotten the intent's token, and there is no machine for it.
    record NoTrace(Intent intent) implements Finding {}
}
