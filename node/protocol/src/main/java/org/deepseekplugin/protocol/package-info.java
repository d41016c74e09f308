/// What agents and the control plane say to each other, version [Protocol#VERSION].
///
/// An agent joins once over HTTPS (`POST /join`: [JoinRequest] → [JoinResponse]), then keeps one
/// WebSocket (`/agent/connect`, client certificate) over which both sides send JSON objects:
/// [AgentMessage] up, [ServerMessage] down. Certificates are renewed over it; a node that missed
/// that comes back by `POST /rejoin` ([RejoinRequest]). [Wire] maps the records to plain maps;
/// unknown fields survive a round trip.
@NullMarked
package org.deepseekplugin.protocol;

import org.jspecify.annotations.NullMarked;
