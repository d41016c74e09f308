package org.deepseekplugin.emulator.clouds;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepseekplugin.emulator.clouds.Reception.Outcome;
import org.deepseekplugin.emulator.clouds.Reception.Visit;
import org.deepseekplugin.emulator.machines.LaunchOrder;
import org.deepseekplugin.emulator.machines.LaunchResult;
import org.deepseekplugin.emulator.machines.LaunchResult.Launched;
import org.deepseekplugin.emulator.machines.LaunchResult.Repeated;
import org.deepseekplugin.emulator.machines.Naming;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.MachineType;
import org.deepseekplugin.emulator.offers.Market;
import org.deepseekplugin.emulator.offers.Zone;
import org.deepseekplugin.emulator.wire.MetadataApi;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireApi;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.json.Json;

/// A cloud of another kind than AWS: REST and JSON, machines are PUT by name, the name counts in
/// the whole account, an ended machine is gone from lists at once.
final class NameIsTheToken implements EmulatedCloud {
    @Override
    public String name() {
        return "names";
    }

    @Override
    public Catalogue catalogue() {
        return new OneType();
    }

    @Override
    public WireApi api(Surroundings surroundings) {
        return request ->
                surroundings
                        .reception()
                        .serve(
                                visit(request),
                                code -> new Outcome(error(409, code), code),
                                limit -> run(surroundings, request, limit));
    }

    @Override
    public MetadataApi metadata(Surroundings surroundings) {
        return (id, path, request) -> WireAnswer.text(200, id);
    }

    private Visit visit(WireRequest request) {
        return new Visit(
                name(), "north", request.method(), request.body(), Optional.of(machine(request)));
    }

    private Outcome run(Surroundings surroundings, WireRequest request, int limit) {
        var machines = surroundings.machines();
        return switch (request.method()) {
            case "PUT" -> made(machines.launch(order(request, limit), naming(request)));
            case "DELETE" -> {
                machines.terminate(machine(request));
                yield new Outcome(WireAnswer.json(202, Map.of()), "ok");
            }
            default -> {
                var ids = machines.list().stream().map(one -> one.id()).toList();
                yield new Outcome(WireAnswer.json(200, ids), "ok");
            }
        };
    }

    private static Outcome made(LaunchResult result) {
        return switch (result) {
            case Launched _ -> new Outcome(WireAnswer.json(201, Map.of()), "ok");
            case Repeated _ -> new Outcome(WireAnswer.json(200, Map.of()), "ok");
            case LaunchResult.TokenMismatch _,
                    LaunchResult.TokenSpent _,
                    LaunchResult.NotOffered _,
                    LaunchResult.NoCapacity _,
                    LaunchResult.OverQuota _ ->
                    new Outcome(error(409, result.getClass().getSimpleName()), "refused");
        };
    }

    private LaunchOrder order(WireRequest request, int limit) {
        var body = Json.map(request.body().getBytes(StandardCharsets.UTF_8));
        return new LaunchOrder(
                name(),
                "north",
                Optional.of(String.valueOf(body.get("zone"))),
                "small",
                Market.ON_DEMAND,
                "image",
                1,
                1,
                limit,
                Optional.of(machine(request)),
                "the account",
                request.body(),
                Map.of(),
                "",
                "");
    }

    private static Naming naming(WireRequest request) {
        return new Naming() {
            @Override
            public String launchId() {
                return "operation-" + machine(request);
            }

            @Override
            public String machineId() {
                return machine(request);
            }
        };
    }

    private static String machine(WireRequest request) {
        return request.path().substring(1);
    }

    private static WireAnswer error(int status, String code) {
        return WireAnswer.json(status, Map.of("error", Map.of("code", code)));
    }

    private static final class OneType implements Catalogue {
        private static final MachineType SMALL =
                new MachineType(
                        "small",
                        2,
                        4096,
                        "x86_64",
                        "all",
                        Optional.empty(),
                        1,
                        0,
                        Optional.of(BigDecimal.ONE));

        @Override
        public Collection<MachineType> types() {
            return List.of(SMALL);
        }

        @Override
        public Optional<MachineType> type(String name) {
            return Optional.of(SMALL).filter(type -> type.name().equals(name));
        }

        @Override
        public List<Zone> zones() {
            return List.of(
                    new Zone("north-1", "north", Set.of("small")),
                    new Zone("north-2", "north", Set.of("small")));
        }

        @Override
        public Optional<BigDecimal> spotPrice(String region, String type) {
            return Optional.empty();
        }

        @Override
        public String quotaFamily(String typeOrFamily) {
            return "all";
        }

        @Override
        public Duration listedAfterTermination() {
            return Duration.ZERO;
        }
    }
}
