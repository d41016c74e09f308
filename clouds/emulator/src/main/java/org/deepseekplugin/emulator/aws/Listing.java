package org.deepseekplugin.emulator.aws;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.machines.Market;

/// Machines as EC2's lists show them: as they were as many seconds ago as lists lag.
record Listing(Machines machines, FaultBoard faults, InstantSource clock) {

    /// @param named the ids that are asked for; empty for all
    /// @throws AwsError if one of the named is not known, or not known yet
    List<Machine> seen(String region, List<String> named) {
        named.forEach(Ids::checkInstance);
        var then = clock.instant().minus(faults.lag());
        var seen =
                machines.list().stream()
                        .filter(one -> one.cloud().equals("aws") && one.region().equals(region))
                        .flatMap(one -> one.seenAt(then).stream())
                        .filter(one -> named.isEmpty() || named.contains(one.id()))
                        .toList();
        var missing = new HashSet<>(named);
        seen.forEach(one -> missing.remove(one.id()));
        if (!missing.isEmpty()) {
            throw unknown(List.copyOf(missing));
        }
        return seen;
    }

    static AwsError unknown(List<String> ids) {
        return new AwsError(
                "InvalidInstanceID.NotFound",
                ids.size() == 1
                        ? "The instance ID '" + ids.getFirst() + "' does not exist"
                        : "The instance IDs '" + String.join(", ", ids) + "' do not exist");
    }

    /// Where a machine stands in listings: by launch time, then id.
    static String place(Machine machine) {
        return "%020d %s %06d"
                .formatted(
                        machine.launch().at().toEpochMilli(),
                        machine.launch().id(),
                        machine.index());
    }

    /// A page, unless the instances are named: then all of them.
    static Page<Machine> page(List<Machine> seen, Params params) {
        if (!params.list("InstanceId").isEmpty() && params.number("MaxResults").isPresent()) {
            throw new AwsError(
                    "InvalidParameterCombination",
                    "The parameter instancesSet cannot be used with the parameter maxResults");
        }
        return Page.of(seen, Listing::place, params, 5, 1000);
    }

    static Predicate<Machine> filter(Params params) {
        return Filters.of(params, filters(), Machine::tags);
    }

    private static Map<String, Function<Machine, List<String>>> filters() {
        return Map.ofEntries(
                Map.entry("tag-key", machine -> List.copyOf(machine.tags().keySet())),
                Map.entry("tag-value", machine -> List.copyOf(machine.tags().values())),
                Map.entry("instance-id", machine -> List.of(machine.id())),
                Map.entry(
                        "instance-state-name",
                        machine -> List.of(InstanceXml.word(machine.state()))),
                Map.entry(
                        "instance-state-code",
                        machine -> List.of(Integer.toString(InstanceXml.code(machine.state())))),
                Map.entry("instance-type", machine -> List.of(machine.type())),
                Map.entry(
                        "instance-lifecycle",
                        machine ->
                                machine.launch().order().market() == Market.SPOT
                                        ? List.of("spot")
                                        : List.of()),
                Map.entry(
                        "client-token",
                        machine -> machine.launch().order().token().stream().toList()),
                Map.entry("image-id", machine -> List.of(machine.launch().order().image())),
                Map.entry("availability-zone", machine -> List.of(machine.zone())),
                Map.entry("reservation-id", machine -> List.of(machine.launch().id())),
                Map.entry(
                        "placement-group-name",
                        machine -> List.of(machine.launch().order().group())),
                Map.entry("private-ip-address", machine -> List.of(machine.address())),
                Map.entry("ip-address", machine -> List.of(machine.address())),
                Map.entry("vpc-id", machine -> List.of(Network.vpc(machine.region()))),
                Map.entry("subnet-id", machine -> List.of(Network.subnet(machine.zone()))));
    }
}
