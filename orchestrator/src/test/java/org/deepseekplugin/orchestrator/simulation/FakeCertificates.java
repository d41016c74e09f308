package org.deepseekplugin.orchestrator.simulation;

import java.time.Duration;
import org.deepseekplugin.orchestrator.nodes.NodeCertificates;

/// Keys are their own names; signing them truly would be most of a simulation's time.
final class FakeCertificates implements NodeCertificates {
    @Override
    public String issue(String csrPem, String node) {
        return "certificate of " + node;
    }

    @Override
    public String keyHash(String csrPem) {
        return csrPem;
    }

    @Override
    public Issued read(String certificatePem) {
        throw new IllegalArgumentException("no certificate of ours is read in a simulation");
    }

    @Override
    public String caPem() {
        return "CA";
    }

    @Override
    public Duration grace() {
        return Duration.ZERO;
    }
}
