package org.deepseekplugin.gateway.routing;

/// Where endpoints come from. Called on event loops for every request: a volatile read, no more.
public interface EndpointSource {
    EndpointSnapshot current();
}
