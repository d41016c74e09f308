package org.deepseekplugin.emulator.aws.ec2;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Page;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.clouds.Lag;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.offers.Market;

/// Machines as EC2's lists show them: as they were as many seconds ago as lists lag.
record Listing(Machines machines, Lag lag, InstantSource clock) {

    /// @param named the ids that are asked for; empty for all
    /// @throws AwsError if one of the named is not known, or not known yet
    List<Machine> seen(String region, List<String> named) {
        named.forEach(Ids::checkInstance);
        var then = clock.instant().minus(lag.now());
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
        var all = new HashMap<String, Function<Machine, List<String>>>(ofPlaces());
        all.put("tag-key", machine -> List.copyOf(machine.tags().keySet()));
        all.put("tag-value", machine -> List.copyOf(machine.tags().values()));
        all.put("instance-id", machine -> List.of(machine.id()));
        all.put("instance-state-name", machine -> List.of(InstanceXml.word(machine.state())));
        all.put(
                "instance-state-code",
                machine -> List.of(Integer.toString(InstanceXml.code(machine.state()))));
        all.put("instance-type", machine -> List.of(machine.type()));
        all.put("instance-lifecycle", Listing::lifecycle);
        all.put("client-token", machine -> machine.launch().order().token().stream().toList());
        all.put("image-id", machine -> List.of(machine.launch().order().image()));
        all.put("reservation-id", machine -> List.of(machine.launch().id()));
        return all;
    }

    private static Map<String, Function<Machine, List<String>>> ofPlaces() {
        return Map.of(
                "availability-zone", machine -> List.of(machine.zone()),
                "placement-group-name", machine -> List.of(machine.launch().order().group()),
                "private-ip-address", machine -> List.of(machine.address()),
                "ip-address", machine -> List.of(machine.address()),
                "vpc-id", machine -> List.of(Network.vpc(machine.region())),
                "subnet-id", machine -> List.of(Network.subnet(machine.zone())));
    }

    /// On-demand machines have none.
    private static List<String> lifecycle(Machine machine) {
        return machine.launch().order().market() == Market.SPOT ? List.of("spot") : List.of();
    }
}
