package org.deepseekplugin.gateway.routing;

import java.time.Instant;
import java.util.List;

/// A model that clients may name.
///
/// @param ready its endpoints; empty while no replica is ready
public record ServedModel(String name, Instant created, List<Endpoint> ready) {

    public ServedModel {
        ready = List.copyOf(ready);
    }
}
