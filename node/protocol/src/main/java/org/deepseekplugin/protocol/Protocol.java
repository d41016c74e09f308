package org.deepseekplugin.protocol;

/// Names that both sides must agree on.
public final class Protocol {
    /// Raised when a message changes its meaning; new fields do not raise it, nor does a new
    /// message that a peer may leave unanswered.
    public static final int VERSION = 1;

    public static final String JOIN_PATH = "/join";

    /// For a node whose certificate has ended: [RejoinRequest] → [JoinResponse], without a client
    /// certificate.
    public static final String REJOIN_PATH = "/rejoin";

    public static final String CONNECT_PATH = "/agent/connect";

    /// Followed by the sha256 of the file: the control plane's mirror of weights.
    public static final String WEIGHTS_PATH = "/agent/weights/";

    /// Followed by `<version>/<os-arch>`: the agent bundle, a gzipped tar.
    public static final String BUNDLE_PATH = "/agent/bundle/";

    /// On a node's data port, followed by `<replica>/v1/…`: where the gateway reaches an engine.
    public static final String REPLICA_PATH = "/replicas/";

    /// Carries one id from the edge to the engine and back.
    public static final String REQUEST_ID = "x-request-id";

    private Protocol() {}
}
