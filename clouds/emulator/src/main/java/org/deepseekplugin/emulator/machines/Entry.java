package org.deepseekplugin.emulator.machines;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A line of the [Journal]: something that happened and is never taken back.
sealed interface Entry {
    record Launched(Launch launch) implements Entry {}

    record Changed(String id, Transition step) implements Entry {}

    record Noticed(String id, Instant evictionAt) implements Entry {}

    /// @param tags added to, or replacing, those that the machines have
    record Tagged(List<String> ids, Map<String, String> tags) implements Entry {}

    /// @param zone,type `*` for all
    record CapacitySet(String zone, String type, int count) implements Entry {}

    /// @param family `*` for all
    record QuotaSet(String family, int vcpus) implements Entry {}

    record ResourcePut(Resource resource) implements Entry {}

    record ResourceDeleted(Resource resource) implements Entry {}
}
