package org.deepseekplugin.emulator.aws;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.machines.Market;

/// Lists machines as they were as many seconds ago as lists lag.
final class DescribeInstances implements Ec2Action {
    private final Machines machines;
    private final InstanceXml xml;
    private final FaultBoard faults;
    private final InstantSource clock;

    DescribeInstances(Machines machines, InstanceXml xml, FaultBoard faults, InstantSource clock) {
        this.machines = machines;
        this.xml = xml;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public Set<String> parameters() {
        return Set.of("InstanceId", "Filter", "MaxResults", "NextToken", "IncludeManagedResources");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var params = call.params();
        var named = params.list("InstanceId");
        if (!named.isEmpty() && params.number("MaxResults").isPresent()) {
            throw new AwsError(
                    "InvalidParameterCombination",
                    "The parameter instancesSet cannot be used with the parameter maxResults");
        }
        var filters = Filters.of(params);
        var seen =
                seen(call.region(), named).stream()
                        .filter(one -> filters.accept(name -> attribute(one, name)))
                        .toList();
        var page = Page.of(seen, DescribeInstances::place, params, 5, 1000);
        out.in("reservationSet", set -> reservations(set, page.items()));
        page.next().ifPresent(token -> out.text("nextToken", token));
    }

    /// @throws AwsError if one of the named is not known, or not known yet
    private List<Machine> seen(String region, List<String> named) {
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

    private void reservations(Xml set, List<Machine> items) {
        var byLaunch = new LinkedHashMap<String, List<Machine>>();
        items.forEach(one ->
                byLaunch.computeIfAbsent(one.launch().id(), id -> new ArrayList<>()).add(one));
        byLaunch.values()
                .forEach(group ->
                        set.in(
                                "item",
                                item -> xml.reservation(item, group.getFirst().launch(), group)));
    }

    /// Where a machine stands in listings: by launch time, then id.
    private static String place(Machine machine) {
        return "%020d %s %06d"
                .formatted(
                        machine.launch().at().toEpochMilli(),
                        machine.launch().id(),
                        machine.index());
    }

    private static List<String> attribute(Machine machine, String filter) {
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
