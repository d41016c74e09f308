package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.machines.Resource;

/// Placement groups: names that gangs of machines are launched into.
final class PlacementGroups {
    private static final String KIND = "placement-group";
    private static final Set<String> STRATEGIES = Set.of("cluster", "spread", "partition");

    record Create(Machines machines, Ids ids) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return Set.of(
                    "GroupName", "Strategy", "PartitionCount", "SpreadLevel", "TagSpecification");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var name = call.params().required("GroupName");
            var strategy = call.params().text("Strategy").orElse("cluster");
            if (!STRATEGIES.contains(strategy)) {
                throw AwsError.invalidValue(
                        "Value (%s) for parameter strategy is invalid.".formatted(strategy));
            }
            if (find(machines, call.region(), name).isPresent()) {
                throw new AwsError(
                        "InvalidPlacementGroup.Duplicate",
                        "The Placement Group '" + name + "' already exists.");
            }
            var group = group(call.region(), name, ids.fresh("pg-"), strategy);
            machines.put(group);
            out.text("return", true).in("placementGroup", xml -> describe(xml, group));
        }
    }

    record Delete(Machines machines) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return Set.of("GroupName");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var group = known(machines, call.region(), call.params().required("GroupName"));
            boolean inUse =
                    machines.list().stream()
                            .filter(one -> one.state().holdsCapacity())
                            .anyMatch(one ->
                                    one.region().equals(group.region())
                                            && one.launch().order().group().equals(group.name()));
            if (inUse) {
                throw new AwsError(
                        "InvalidPlacementGroup.InUse",
                        "The placement group '"
                                + group.name()
                                + "' is in use and may not be deleted.");
            }
            machines.delete(group);
            out.text("return", true);
        }
    }

    record Describe(Machines machines) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return Set.of("GroupName", "GroupId", "Filter");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var named = call.params().list("GroupName");
            named.forEach(name -> known(machines, call.region(), name));
            var filter = Filters.of(call.params(), filters());
            var shown =
                    all(machines)
                            .filter(group -> group.region().equals(call.region()))
                            .filter(group -> named.isEmpty() || named.contains(group.name()))
                            .filter(filter)
                            .toList();
            out.items("placementGroupSet", shown, PlacementGroups::describe);
        }
    }

    private static void describe(Xml out, Resource group) {
        out.text("groupName", group.name())
                .text("groupId", group.property("id"))
                .text("strategy", group.property("strategy"))
                .text("state", "available");
    }

    private static Map<String, Function<Resource, List<String>>> filters() {
        return Map.ofEntries(
                Map.entry("group-name", group -> List.of(group.name())),
                Map.entry("strategy", group -> List.of(group.property("strategy"))),
                Map.entry("state", _ -> List.of("available")));
    }

    private static Resource known(Machines machines, String region, String name) {
        return find(machines, region, name)
                .orElseThrow(() ->
                        new AwsError(
                                "InvalidPlacementGroup.Unknown",
                                "The Placement Group '" + name + "' is unknown."));
    }

    private static Resource group(String region, String name, String id, String strategy) {
        return new Resource("aws", region, KIND, name, Map.of("id", id, "strategy", strategy));
    }

    private static Stream<Resource> all(Machines machines) {
        return machines.resources().stream()
                .filter(one -> one.cloud().equals("aws") && one.kind().equals(KIND));
    }

    static Optional<Resource> find(Machines machines, String region, String name) {
        return all(machines)
                .filter(group -> group.region().equals(region) && group.name().equals(name))
                .findFirst();
    }

    private PlacementGroups() {}
}
