package org.deepseekplugin.emulator.clouds;

import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.wire.MetadataApi;
import org.deepseekplugin.emulator.wire.WireApi;

/// A cloud that the emulator stands in for.
public interface EmulatedCloud {

    /// As in the drivers' configuration: `aws`, `azure`, `aliyun`.
    String name();

    Catalogue catalogue();

    /// The protocol that its SDKs speak.
    WireApi api(Surroundings surroundings);

    /// What its machines can ask about themselves.
    MetadataApi metadata(Surroundings surroundings);
}
