package org.deepseekplugin.emulator.aws.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Machine;

/// Lists machines, grouped by the call that made them.
record DescribeInstances(Listing listing, InstanceXml xml) implements Ec2Action {

    @Override
    public Set<String> parameters() {
        return Set.of("InstanceId", "Filter", "MaxResults", "NextToken", "IncludeManagedResources");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var params = call.params();
        var filter = Listing.filter(params);
        var seen =
                listing.seen(call.region(), params.list("InstanceId")).stream()
                        .filter(filter)
                        .toList();
        var page = Listing.page(seen, params);
        out.in("reservationSet", set -> reservations(set, page.items()));
        page.next().ifPresent(token -> out.text("nextToken", token));
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
}
