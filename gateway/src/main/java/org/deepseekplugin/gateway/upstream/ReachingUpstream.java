package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;
import org.deepseekplugin.gateway.routing.Reach;

/// Takes the way that the endpoint's reach names.
public final class ReachingUpstream implements Upstream {
    private final DirectUpstream direct;

    public ReachingUpstream(DirectUpstream direct) {
        this.direct = direct;
    }

    @Override
    public Future<Reply> send(Call call) {
        return switch (call.endpoint().reach()) {
            case Reach.Direct reach -> direct.send(reach, call);
            case Reach.Tunnel(var node) ->
                    Future.succeededFuture(
                            new Reply.Failed(
                                    Reply.Reason.NOT_ACTIVE_YET,
                                    "node "
                                            + node
                                            + " can only be reached through a tunnel, and tunnels are not active yet"));
        };
    }
}
