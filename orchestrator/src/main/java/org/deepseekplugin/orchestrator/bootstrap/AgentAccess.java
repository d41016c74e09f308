package org.deepseekplugin.orchestrator.bootstrap;

import java.util.Map;

/// How a fresh machine finds the control plane and the agent to run.
///
/// @param url what rented machines call, such as `https://control.example.com:8444`
/// @param caPem the authority of the control plane's certificate
/// @param agentVersion of the bundle
/// @param bundleSha256 lower-case hex by `<os>-<arch>`, such as `linux-x64`
public record AgentAccess(
        String url, String caPem, String agentVersion, Map<String, String> bundleSha256) {
    public AgentAccess {
        bundleSha256 = Map.copyOf(bundleSha256);
    }
}
