package org.deepseekplugin.gateway.upstream;

import io.vertx.core.Future;

/// Sends calls. Decorators add measuring, ejection, accounting; see `Gateway`.
///
/// Called on an event loop and answers on the same. The future never fails: what can go wrong is a
/// [Reply.Failed].
public interface Upstream {
    Future<Reply> send(Call call);
}
