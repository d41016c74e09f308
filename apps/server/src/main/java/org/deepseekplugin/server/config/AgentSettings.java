package org.deepseekplugin.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.deepseekplugin.platform.config.Default;
import org.deepseekplugin.platform.config.Doc;

/// How machines and the control plane work together.
public record AgentSettings(
        @Doc("How often a node reports.") @Default("2s") Duration heartbeat,
        @Doc(
                        "A node that has been silent for this long is dead; time in which the server itself stood still does not count.")
                @Default("15s")
                Duration deadAfter,
        @Doc("A machine whose agent has not joined by then is given back.") @Default("15m")
                Duration bootDeadline,
        @Doc(
                        "How long a node's certificate lives. The node renews it over its connection after about two thirds of that, without a dropped request.")
                @Default("24h")
                Duration certificateLifetime,
        @Doc(
                        "How long after its end a certificate still lets its node come back, as long as the node's machine is rented: for servers that were down, machines that slept. `0s` for never.")
                @Default("30d")
                Duration certificateGrace,
        @Doc(
                        "Folder of agent bundles, `<version>/<os-arch>.tar.gz`; else `agent` in the data directory.")
                Optional<Path> bundleDir,
        @Doc("Folder of weights by their sha256; else `weights` in the data directory.")
                Optional<Path> weightsDir) {

    public AgentSettings {
        if (deadAfter.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "dead-after %s must be at least two heartbeats (%s)"
                            .formatted(deadAfter, heartbeat));
        }
        if (certificateLifetime.compareTo(heartbeat.multipliedBy(6)) < 0) {
            throw new IllegalArgumentException(
                    "certificate-lifetime %s must be at least six heartbeats (%s): certificates are renewed at heartbeats"
                            .formatted(certificateLifetime, heartbeat));
        }
    }
}
