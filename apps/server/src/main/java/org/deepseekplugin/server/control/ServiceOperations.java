package org.deepseekplugin.server.control;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.orchestrator.services.ServiceFile;
import org.deepseekplugin.orchestrator.services.Services;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.control.ControlReply.Body;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Deploying, watching and deleting services.
public final class ServiceOperations implements Operations {
    private static final int LINES = 100;

    private final Services services;
    private final Nodes nodes;
    private final Regions regions;
    private final Idempotency idempotency;

    public ServiceOperations(
            Services services, Nodes nodes, Regions regions, Idempotency idempotency) {
        this.services = services;
        this.nodes = nodes;
        this.regions = regions;
        this.idempotency = idempotency;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "listServices", this::list,
                "deployService", this::deploy,
                "getService", this::get,
                "deleteService", this::delete,
                "getServiceLogs", this::logs);
    }

    private ControlReply list(ControlCall call) {
        var views =
                services.list(call.project()).stream()
                        .filter(service -> service.kind() == Service.Kind.SERVICE)
                        .map(ServiceView::of)
                        .toList();
        return ControlReply.ok(Map.of("services", views));
    }

    /// A service of the same name is changed, not doubled, so a repetition does no harm at once;
    /// one that comes late must not undo what came after.
    private ControlReply deploy(ControlCall call) {
        if (idempotency.isDone(call)) {
            return new Body(201, ServiceView.of(deployedBefore(call)));
        }
        try {
            return deployed(call);
        } catch (PlatformException e) {
            throw Unfit.of(e);
        }
    }

    private Body deployed(ControlCall call) {
        var spec = ServiceFile.parse("body", spelledOut(call.body()).toString());
        var elsewhere = regions.check("where[%d].region", spec.where());
        var deployed = services.deploy(call.project(), spec);
        idempotency.done(call);
        var warnings = Stream.concat(elsewhere.stream(), deployed.warnings().stream()).toList();
        return new Body(201, ServiceView.of(deployed.service(), warnings));
    }

    private Service deployedBefore(ControlCall call) {
        var name = call.body().get("name").asString();
        return find(call.project(), name)
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.CONFLICT,
                                "The service \"%s\" of this Idempotency-Key was deleted since; send a new key to deploy it again."
                                        .formatted(name)));
    }

    /// `replicas: 2` is short for `replicas: {min: 2}`.
    private static JsonNode spelledOut(JsonNode body) {
        return body instanceof ObjectNode spec && spec.path("replicas").isIntegralNumber()
                ? spec.deepCopy()
                        .set("replicas", spec.objectNode().set("min", spec.get("replicas")))
                : body;
    }

    private ControlReply get(ControlCall call) {
        return ControlReply.ok(ServiceView.of(found(call)));
    }

    private ControlReply delete(ControlCall call) {
        services.delete(call.project(), found(call).id());
        return new ControlReply.NoContent();
    }

    private ControlReply logs(ControlCall call) {
        var logs = new ArrayList<LogLines>();
        for (var replica : found(call).replicas()) {
            for (var node : nodes.list(call.project())) {
                if (node.instance().isPresent() && node.instance().equals(replica.instance())) {
                    var lines = nodes.tailLog(node.id(), replica.id(), call.number("lines", LINES));
                    logs.add(new LogLines(replica.id(), lines));
                }
            }
        }
        return ControlReply.ok(Map.of("logs", logs));
    }

    private Service found(ControlCall call) {
        var name = call.required("name");
        return find(call.project(), name)
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.NOT_FOUND,
                                "There is no service \"%s\".%s"
                                        .formatted(
                                                name,
                                                Nearest.hint(
                                                        name,
                                                        services.list(call.project()).stream()
                                                                .map(Service::name)
                                                                .toList()))));
    }

    /// Resources have operations of their own.
    private Optional<Service> find(String project, String name) {
        return services.find(project, name)
                .filter(service -> service.kind() == Service.Kind.SERVICE);
    }
}
