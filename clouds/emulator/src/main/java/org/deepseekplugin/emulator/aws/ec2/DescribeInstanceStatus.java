package org.deepseekplugin.emulator.aws.ec2;

import java.util.Set;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.MachineState;

/// The health of machines; without `IncludeAllInstances` of running ones only.
record DescribeInstanceStatus(Listing listing) implements Ec2Action {

    @Override
    public Set<String> parameters() {
        return Set.of("InstanceId", "Filter", "MaxResults", "NextToken", "IncludeAllInstances");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var params = call.params();
        boolean all = params.flag("IncludeAllInstances");
        var filter = Listing.filter(params);
        var seen =
                listing.seen(call.region(), params.list("InstanceId")).stream()
                        .filter(one -> all || one.state() == MachineState.RUNNING)
                        .filter(filter)
                        .toList();
        var page = Listing.page(seen, params);
        out.items("instanceStatusSet", page.items(), DescribeInstanceStatus::status);
        page.next().ifPresent(token -> out.text("nextToken", token));
    }

    private static void status(Xml out, Machine machine) {
        var health = machine.state() == MachineState.RUNNING ? "ok" : "not-applicable";
        out.text("instanceId", machine.id()).text("availabilityZone", machine.zone());
        InstanceXml.state(out, "instanceState", machine.state());
        out.in("systemStatus", xml -> xml.text("status", health))
                .in("instanceStatus", xml -> xml.text("status", health));
    }
}
