package org.deepseekplugin.cloud.testkit;

import java.time.Duration;
import org.deepseekplugin.cloud.spi.CloudFailure;

/// What goes wrong with one call to the [SimulatedCloud].
public sealed interface Fault {
    record None() implements Fault {}

    /// The cloud says no; nothing is done.
    record Refuse(CloudFailure failure) implements Fault {}

    /// The request never arrives; the caller learns nothing.
    record LoseRequest() implements Fault {}

    /// The work is done; the caller learns nothing.
    record LoseAnswer() implements Fault {}

    /// The caller learns nothing, and the work is done after this time: the request was stuck on
    /// its way. A caller that lists too early sees no machine and gets one later.
    record Late(Duration by) implements Fault {}

    /// The zone has no more than this many machines for this call. Concerns `allocate` only.
    record GiveOnly(int machines) implements Fault {}

    static Fault throttle() {
        return new Refuse(Failures.throttled());
    }
}
