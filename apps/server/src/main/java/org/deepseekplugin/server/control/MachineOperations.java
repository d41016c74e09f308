package org.deepseekplugin.server.control;

import static java.util.Locale.ROOT;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Accelerators;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.orchestrator.Orchestrator;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;

/// Offers, instances and nodes.
public final class MachineOperations implements Operations {
    private static final int OFFERS = 200;
    private static final int INSTANCES = 1000;
    private static final int LINES = 100;

    private final Orchestrator orchestrator;

    private record OfferView(
            String cloud,
            String region,
            String zone,
            String instanceType,
            String family,
            Market market,
            Optional<Price> hourlyPrice,
            boolean priceEstimated,
            int vcpus,
            long memoryMib,
            Optional<Accelerators> accelerators) {
        static OfferView of(Offer offer) {
            return new OfferView(
                    offer.cloud(),
                    offer.region(),
                    offer.zone(),
                    offer.instanceType(),
                    offer.family(),
                    offer.market(),
                    offer.hourlyPrice().map(Price::of),
                    offer.priceEstimated(),
                    offer.vcpus(),
                    offer.memoryMib(),
                    offer.accelerators());
        }
    }

    private record InstanceView(
            String id,
            String cloud,
            String region,
            String zone,
            String instanceType,
            Market market,
            Rental.State state,
            Optional<String> address,
            Optional<Price> hourlyPrice,
            String replica,
            Instant createdAt) {
        static InstanceView of(Rental rental) {
            return new InstanceView(
                    rental.id().toString(),
                    rental.id().cloud(),
                    rental.id().region(),
                    rental.zone(),
                    rental.instanceType(),
                    rental.market(),
                    rental.state(),
                    rental.address(),
                    rental.price().map(Price::parse),
                    rental.replica(),
                    rental.createdAt());
        }
    }

    public MachineOperations(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "listOffers", this::offers,
                "listInstances", this::instances,
                "listNodes", this::nodes,
                "getNode", this::node,
                "getNodeLogs", this::logs);
    }

    private ControlReply offers(ControlCall call) {
        var query =
                new OfferQuery(
                        call.parameter("region"),
                        call.parameter("zone"),
                        call.parameter("instance_type"),
                        call.parameter("market")
                                .map(text -> Market.valueOf(text.toUpperCase(ROOT))));
        var offers =
                orchestrator.offers().list(call.parameter("cloud"), query).stream()
                        .limit(call.number("limit", OFFERS))
                        .map(OfferView::of)
                        .toList();
        return ControlReply.ok(Map.of("offers", offers));
    }

    private ControlReply instances(ControlCall call) {
        var instances =
                orchestrator.fleet().instances(call.project(), INSTANCES).stream()
                        .map(InstanceView::of)
                        .toList();
        return ControlReply.ok(Map.of("instances", instances));
    }

    private ControlReply nodes(ControlCall call) {
        return ControlReply.ok(Map.of("nodes", views(call)));
    }

    private List<NodeView> views(ControlCall call) {
        var served = new HashMap<String, Service>();
        for (var service : orchestrator.services().list(call.project())) {
            service.replicas().forEach(replica -> served.put(replica.id(), service));
        }
        return orchestrator.nodes().list(call.project()).stream()
                .map(node -> NodeView.of(node, served))
                .toList();
    }

    private ControlReply node(ControlCall call) {
        return ControlReply.ok(found(call));
    }

    private ControlReply logs(ControlCall call) {
        var node = found(call);
        var source = call.parameter("source").orElse("agent");
        var lines = orchestrator.nodes().tailLog(node.id(), source, call.number("lines", LINES));
        return ControlReply.ok(new LogLines(source, lines));
    }

    /// Only a node of the caller's project.
    private NodeView found(ControlCall call) {
        var id = call.required("id");
        var nodes = views(call);
        return nodes.stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.NOT_FOUND,
                                "There is no node \"%s\"; `deepseek nodes --all` lists them.%s"
                                        .formatted(
                                                id,
                                                Nearest.hint(
                                                        id,
                                                        nodes.stream()
                                                                .map(NodeView::id)
                                                                .toList()))));
    }
}
