package org.deepseekplugin.server.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.orchestrator.nodes.LiveNode;
import org.deepseekplugin.orchestrator.nodes.Node;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.protocol.AcceleratorReading;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.HostReading;

/// A node as the API shows it.
record NodeView(
        String id,
        Optional<String> instance,
        Node.State state,
        boolean connected,
        Instant joinedAt,
        Optional<Instant> lastHeartbeat,
        Machine fingerprint,
        Optional<Host> host,
        List<Accelerator> accelerators,
        List<Engine> engines) {

    record Machine(
            String agentVersion,
            String os,
            String arch,
            String cpuModel,
            int cpus,
            long memoryMib,
            List<String> cpuFeatures) {}

    record Host(double cpuUtilization, long memoryUsedMib, long diskFreeMib) {}

    /// Empty where the device does not say.
    ///
    /// @param source who measured; `simulated` where nobody did
    record Accelerator(
            int index,
            String name,
            String driver,
            String runtime,
            boolean partitioned,
            Optional<Double> utilization,
            long memoryUsedMib,
            long memoryTotalMib,
            Optional<Double> temperatureCelsius,
            Optional<Double> powerWatts,
            String source) {}

    /// @param service whose replica it is, and the model; empty for one that is not wanted any more
    record Engine(
            String replica,
            Optional<String> service,
            Optional<String> model,
            EngineStatus.State state,
            String detail,
            double progress,
            int restarts,
            int running,
            int waiting,
            int slots,
            double cacheUsage) {}

    /// @param served the services by the ids of their replicas
    static NodeView of(Node node, Map<String, Service> served) {
        var live = node.live();
        return new NodeView(
                node.id(),
                node.instance(),
                node.state(),
                live.map(LiveNode::connected).orElse(false),
                node.joinedAt(),
                live.map(LiveNode::heardAt),
                machine(node.fingerprint()),
                live.flatMap(LiveNode::host).map(NodeView::host),
                live.map(LiveNode::accelerators).orElse(List.of()).stream()
                        .map(reading -> accelerator(node.fingerprint(), reading))
                        .toList(),
                live.map(LiveNode::engines).orElse(List.of()).stream()
                        .map(status -> engine(status, served))
                        .toList());
    }

    private static Machine machine(Fingerprint print) {
        return new Machine(
                print.agentVersion(),
                print.os(),
                print.arch(),
                print.cpuModel(),
                print.cpus(),
                print.memoryMib(),
                print.cpuFeatures());
    }

    private static Host host(HostReading reading) {
        return new Host(
                number(reading.cpuUtilization()), reading.memoryUsedMib(), reading.diskFreeMib());
    }

    private static Accelerator accelerator(Fingerprint print, AcceleratorReading reading) {
        var known =
                print.accelerators().stream().filter(a -> a.index() == reading.index()).findFirst();
        return new Accelerator(
                reading.index(),
                known.map(Fingerprint.Accelerator::name).orElse(""),
                known.map(Fingerprint.Accelerator::driver).orElse(""),
                known.map(Fingerprint.Accelerator::runtime).orElse(""),
                known.map(Fingerprint.Accelerator::partitioned).orElse(false),
                measured(reading.utilization()),
                reading.memoryUsedMib(),
                reading.memoryTotalMib(),
                measured(reading.temperatureCelsius()),
                measured(reading.powerWatts()),
                reading.source());
    }

    private static Optional<Double> measured(double value) {
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value);
    }

    private static Engine engine(EngineStatus status, Map<String, Service> served) {
        var service = Optional.ofNullable(served.get(status.replica()));
        var stats = status.stats();
        return new Engine(
                status.replica(),
                service.map(Service::name),
                service.map(Service::model),
                status.state(),
                status.detail(),
                number(status.progress()),
                status.restarts(),
                stats.running(),
                stats.waiting(),
                stats.slots(),
                number(stats.cacheUsage()));
    }

    /// JSON has no NaN.
    private static double number(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
