package org.deepseekplugin.server.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Rental;
import org.deepseekplugin.orchestrator.services.Model;
import org.deepseekplugin.orchestrator.services.ModelCatalog;
import org.deepseekplugin.orchestrator.services.Replica;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.orchestrator.services.Services;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.control.ControlReply.Body;

/// Allocating and releasing single machines.
public final class ResourceOperations implements Operations {
    private static final int INSTANCES = 10_000;
    private static final Pattern ID = Pattern.compile("res-[a-z0-9]{12}");

    private final Services services;
    private final Fleet fleet;
    private final ModelCatalog models;
    private final Regions regions;

    /// @param state of its one replica, or `deleting`
    private record View(
            String id,
            String name,
            String state,
            String detail,
            String model,
            Map<String, String> config,
            Optional<String> cloud,
            Optional<String> region,
            Optional<String> zone,
            Optional<String> instanceType,
            Optional<String> instance,
            Optional<String> address,
            Optional<Price> hourlyPrice,
            Optional<String> replica,
            List<String> warnings,
            Instant createdAt) {

        static View of(Service service, Optional<Rental> rental, List<String> warnings) {
            var state =
                    service.deleting()
                            ? "deleting"
                            : service.replicas().stream()
                                    .findFirst()
                                    .map(replica -> lower(replica.state()))
                                    .orElse("pending");
            return new View(
                    service.id(),
                    service.name(),
                    state,
                    ServiceView.detail(service),
                    service.model(),
                    service.spec().where().stream().findFirst().orElse(Map.of()),
                    rental.map(r -> r.id().cloud()),
                    rental.map(r -> r.id().region()),
                    rental.map(Rental::zone),
                    rental.map(Rental::instanceType),
                    rental.map(r -> r.id().toString()),
                    rental.flatMap(Rental::address),
                    rental.flatMap(Rental::price).map(Price::parse),
                    service.replicas().stream().findFirst().map(Replica::id),
                    warnings,
                    service.createdAt());
        }

        private static String lower(Replica.State state) {
            return state.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public ResourceOperations(
            Services services, Fleet fleet, ModelCatalog models, Regions regions) {
        this.services = services;
        this.fleet = fleet;
        this.models = models;
        this.regions = regions;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of(
                "listResources", this::list,
                "allocateResource", this::allocate,
                "getResource", this::get,
                "releaseResource", this::release);
    }

    private ControlReply list(ControlCall call) {
        var rentals = rentals(call);
        var views =
                services.list(call.project()).stream()
                        .filter(service -> service.kind() == Service.Kind.RESOURCE)
                        .map(service -> View.of(service, rental(service, rentals), List.of()))
                        .toList();
        return ControlReply.ok(Map.of("resources", views));
    }

    private ControlReply allocate(ControlCall call) {
        var config = new LinkedHashMap<String, String>();
        call.body()
                .get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asString()));
        regions.check("config.region", List.of(config));
        var made =
                services.allocate(
                        call.project(),
                        call.body().path("name").asStringOpt(),
                        config,
                        model(call),
                        call.idempotencyKey()
                                .map(key ->
                                        new org.deepseekplugin.orchestrator.services.Idempotency(
                                                key, Idempotency.hash(call))));
        return new Body(
                201,
                View.of(made.service(), rental(made.service(), rentals(call)), made.warnings()));
    }

    /// Where there is only one model, nobody needs to name it.
    private String model(ControlCall call) {
        var named = call.body().path("model");
        if (named.isString()) {
            return named.asString();
        }
        if (models.models().size() == 1) {
            return models.models().iterator().next().name();
        }
        throw new PlatformException(
                ErrorCode.INVALID_REQUEST,
                "model is required; there are %s."
                        .formatted(
                                String.join(
                                        ", ", models.models().stream().map(Model::name).toList())));
    }

    private ControlReply get(ControlCall call) {
        var service = found(call);
        return ControlReply.ok(View.of(service, rental(service, rentals(call)), List.of()));
    }

    /// What has the form of an id and is not there was released before.
    private ControlReply release(ControlCall call) {
        var resource = find(call);
        if (resource.isPresent() || !ID.matcher(call.required("id")).matches()) {
            services.release(call.project(), found(call).id());
        }
        return new ControlReply.NoContent();
    }

    private Service found(ControlCall call) {
        return find(call)
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.NOT_FOUND,
                                "There is no resource \"%s\"; `deepseek services` lists them.%s"
                                        .formatted(
                                                call.required("id"),
                                                Nearest.hint(call.required("id"), names(call)))));
    }

    private List<String> names(ControlCall call) {
        return services.list(call.project()).stream()
                .filter(service -> service.kind() == Service.Kind.RESOURCE)
                .flatMap(service -> Stream.of(service.name(), service.id()))
                .toList();
    }

    private Optional<Service> find(ControlCall call) {
        return services.find(call.project(), call.required("id"))
                .filter(service -> service.kind() == Service.Kind.RESOURCE);
    }

    private List<Rental> rentals(ControlCall call) {
        return fleet.instances(call.project(), INSTANCES);
    }

    private static Optional<Rental> rental(Service service, List<Rental> rentals) {
        return service.replicas().stream()
                .flatMap(replica -> replica.instance().stream())
                .flatMap(id -> rentals.stream().filter(r -> r.id().toString().equals(id)))
                .findFirst();
    }
}
