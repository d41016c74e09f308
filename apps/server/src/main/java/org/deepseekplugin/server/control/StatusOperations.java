package org.deepseekplugin.server.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.orchestrator.services.Service;

/// The whole at a glance.
public final class StatusOperations implements Operations {
    private static final int MOST = 10_000;

    private final Orchestrator orchestrator;
    private final String version;
    private final String installation;
    private final List<String> clouds;
    private final Clock clock;
    private final Instant started;

    private record Tally(long ready, long total) {}

    private record CloudName(String name) {}

    private record Status(
            String version,
            boolean ready,
            long uptimeSeconds,
            String installation,
            List<CloudName> clouds,
            Tally services,
            Tally replicas,
            Tally nodes,
            Tally instances) {}

    /// @param installation the tag on every machine
    /// @param clouds that may be used
    public StatusOperations(
            Orchestrator orchestrator,
            String version,
            String installation,
            List<String> clouds,
            Clock clock) {
        this.orchestrator = orchestrator;
        this.version = version;
        this.installation = installation;
        this.clouds = List.copyOf(clouds);
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of("getStatus", this::status);
    }

    private ControlReply status(ControlCall call) {
        var services = orchestrator.services().list(call.project());
        var nodes =
                orchestrator.nodes().list(call.project()).stream()
                        .filter(node -> node.state().isUsable())
                        .toList();
        var held =
                orchestrator.fleet().instances(call.project(), MOST).stream()
                        .filter(rental -> rental.state() != Rental.State.RETURNED)
                        .filter(rental -> rental.state() != Rental.State.LOST)
                        .toList();
        return ControlReply.ok(
                new Status(
                        version,
                        true,
                        Duration.between(started, clock.instant()).toSeconds(),
                        installation,
                        clouds.stream().map(CloudName::new).toList(),
                        new Tally(
                                services.stream().filter(StatusOperations::isReady).count(),
                                services.size()),
                        new Tally(
                                services.stream().mapToInt(Service::readyReplicas).sum(),
                                services.stream().mapToInt(s -> s.replicas().size()).sum()),
                        new Tally(
                                nodes.stream().filter(n -> n.state() == Node.State.UP).count(),
                                nodes.size()),
                        new Tally(
                                held.stream().filter(r -> r.state() == Rental.State.JOINED).count(),
                                held.size())));
    }

    private static boolean isReady(Service service) {
        return !service.deleting() && service.readyReplicas() >= service.spec().replicas().min();
    }
}
