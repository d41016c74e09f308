package org.deepseekplugin.emulator.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.machines.PlacementGroup;

/// Placement groups: names that gangs of machines are launched into.
final class PlacementGroups {
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
            var group = new PlacementGroup("aws", call.region(), name, ids.fresh("pg-"), strategy);
            machines.makeGroup(group);
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
            machines.deleteGroup(group);
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
                    machines.groups().stream()
                            .filter(group -> group.region().equals(call.region()))
                            .filter(group -> named.isEmpty() || named.contains(group.name()))
                            .filter(filter)
                            .toList();
            out.items("placementGroupSet", shown, PlacementGroups::describe);
        }
    }

    private static void describe(Xml out, PlacementGroup group) {
        out.text("groupName", group.name())
                .text("groupId", group.id())
                .text("strategy", group.strategy())
                .text("state", "available");
    }

    private static Map<String, Function<PlacementGroup, List<String>>> filters() {
        return Map.ofEntries(
                Map.entry("group-name", group -> List.of(group.name())),
                Map.entry("strategy", group -> List.of(group.strategy())),
                Map.entry("state", _ -> List.of("available")));
    }

    private static PlacementGroup known(Machines machines, String region, String name) {
        return find(machines, region, name)
                .orElseThrow(() ->
                        new AwsError(
                                "InvalidPlacementGroup.Unknown",
                                "The Placement Group '" + name + "' is unknown."));
    }

    private static Optional<PlacementGroup> find(Machines machines, String region, String name) {
        return machines.groups().stream()
                .filter(group -> group.region().equals(region) && group.name().equals(name))
                .findFirst();
    }

    private PlacementGroups() {}
}
