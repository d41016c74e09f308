package org.deepseekplugin.emulator.aws;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
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

    static List<String> attribute(Machine machine, String filter) {
        if (filter.startsWith("tag:")) {
            var value = machine.tags().get(filter.substring(4));
            return value == null ? List.of() : List.of(value);
        }
        var order = machine.launch().order();
        return switch (filter) {
            case "tag-key" -> List.copyOf(machine.tags().keySet());
            case "tag-value" -> List.copyOf(machine.tags().values());
            case "instance-id" -> List.of(machine.id());
            case "instance-state-name" -> List.of(InstanceXml.word(machine.state()));
            case "instance-state-code" ->
                    List.of(Integer.toString(InstanceXml.code(machine.state())));
            case "instance-type" -> List.of(machine.type());
            case "instance-lifecycle" ->
                    order.market() == Market.SPOT ? List.of("spot") : List.of();
            case "client-token" -> order.token().stream().toList();
            case "image-id" -> List.of(order.image());
            case "availability-zone" -> List.of(machine.zone());
            case "reservation-id" -> List.of(machine.launch().id());
            case "placement-group-name" -> List.of(order.group());
            case "private-ip-address", "ip-address" -> List.of(machine.address());
            case "vpc-id" -> List.of(Network.vpc(machine.region()));
            case "subnet-id" -> List.of(Network.subnet(machine.zone()));
            default -> throw Filters.unknown(filter);
        };
    }
}
