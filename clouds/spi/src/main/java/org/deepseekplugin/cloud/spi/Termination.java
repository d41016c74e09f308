package org.deepseekplugin.cloud.spi;

/// What a cloud answers when a machine is given back.
public sealed interface Termination {
    /// The cloud accepted; the machine is stopping or gone.
    record Accepted() implements Termination {}

    /// It was gone before; releasing a lost machine is success. A cloud that has not yet noticed a
    /// new machine says the same: if a later listing shows it live, terminate again.
    record AlreadyGone() implements Termination {}

    /// Not now; ask again later.
    record Refused(CloudFailure failure) implements Termination {}

    /// The answer was lost; ask again, it is safe.
    record Unknown(String reason) implements Termination {}
}
