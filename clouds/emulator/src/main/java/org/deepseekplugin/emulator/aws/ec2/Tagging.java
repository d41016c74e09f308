package org.deepseekplugin.emulator.aws.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Page;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;

/// Tags of instances. All resources that the emulator tags are instances.
final class Tagging {

    record CreateTags(Machines machines) implements Ec2Action {
        @Override
        public Set<String> parameters() {
            return Set.of("ResourceId", "Tag");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var ids = call.params().list("ResourceId");
            var tags = call.params().tags("Tag");
            if (ids.isEmpty() || tags.isEmpty()) {
                throw new AwsError(
                        "MissingParameter",
                        "The request must contain the parameters ResourceId and Tag");
            }
            ids.forEach(Ids::checkInstance);
            ids.forEach(id -> checkRoom(known(call.region(), id), tags));
            machines.tag(ids, tags);
            out.text("return", true);
        }

        private Machine known(String region, String id) {
            return machines.find(id)
                    .filter(machine -> machine.region().equals(region))
                    .orElseThrow(() -> Listing.unknown(List.of(id)));
        }

        private static void checkRoom(Machine machine, Map<String, String> more) {
            var all = new TreeMap<>(machine.tags());
            all.putAll(more);
            Params.checkNumberOfTags(all);
        }
    }

    record DescribeTags(Machines machines) implements Ec2Action {
        private record Tag(String id, String key, String value) {}

        @Override
        public Set<String> parameters() {
            return Set.of("Filter", "MaxResults", "NextToken");
        }

        @Override
        public void run(AwsCall call, Xml out) {
            var filter = Filters.of(call.params(), filters());
            var tags = new ArrayList<Tag>();
            for (var machine : machines.list()) {
                if (machine.region().equals(call.region())) {
                    Map<String, String> sorted = new TreeMap<>(machine.tags());
                    sorted.forEach((key, value) -> tags.add(new Tag(machine.id(), key, value)));
                }
            }
            var shown = tags.stream().filter(filter).toList();
            var page = Page.of(shown, tag -> tag.id() + " " + tag.key(), call.params(), 5, 1000);
            out.items(
                    "tagSet",
                    page.items(),
                    (xml, tag) ->
                            xml.text("resourceId", tag.id())
                                    .text("resourceType", "instance")
                                    .text("key", tag.key())
                                    .text("value", tag.value()));
            page.next().ifPresent(token -> out.text("nextToken", token));
        }

        private static Map<String, Function<Tag, List<String>>> filters() {
            return Map.ofEntries(
                    Map.entry("resource-id", tag -> List.of(tag.id())),
                    Map.entry("resource-type", _ -> List.of("instance")),
                    Map.entry("key", tag -> List.of(tag.key())),
                    Map.entry("value", tag -> List.of(tag.value())));
        }
    }

    private Tagging() {}
}
