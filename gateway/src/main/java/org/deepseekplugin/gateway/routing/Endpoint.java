package org.deepseekplugin.gateway.routing;

/// What the gateway can send to.
///
/// @param id unique among all endpoints; a replica's id
/// @param model the model it serves
/// @param prefix comes before `/v1/…` in the request's path
public record Endpoint(String id, String model, Reach reach, String prefix) {

    /// A replica behind its node's data port.
    public static Endpoint replica(String replica, String model, Reach reach) {
        return new Endpoint(replica, model, reach, "/replicas/" + replica);
    }
}
