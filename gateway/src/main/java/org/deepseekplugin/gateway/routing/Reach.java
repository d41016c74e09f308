package org.deepseekplugin.gateway.routing;

/// How a node is reached.
public sealed interface Reach {

    /// Over TCP to `host:port`.
    ///
    /// @param host an address or a name that resolves
    /// @param name what the other side's certificate must be valid for: the node's id
    record Direct(String host, int port, String name) implements Reach {}

    /// Through streams over the connection that the node's agent has dialled.
    record Tunnel(String node) implements Reach {}
}
