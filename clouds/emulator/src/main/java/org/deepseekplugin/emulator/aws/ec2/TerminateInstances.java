package org.deepseekplugin.emulator.aws.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;

/// Ends machines; all of the named or, if one is unknown, none. Ending an ended one is success.
record TerminateInstances(Machines machines) implements Ec2Action {

    @Override
    public Set<String> parameters() {
        return Set.of("InstanceId", "Force", "SkipOsShutdown");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var ids = call.params().list("InstanceId");
        if (ids.isEmpty()) {
            throw new AwsError(
                    "MissingParameter", "The request must contain the parameter InstanceId");
        }
        ids.forEach(Ids::checkInstance);
        var before = new LinkedHashMap<String, Machine>();
        ids.forEach(id ->
                machines.find(id)
                        .filter(one -> one.region().equals(call.region()))
                        .ifPresent(one -> before.put(id, one)));
        var unknown = ids.stream().filter(id -> !before.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            throw Listing.unknown(unknown);
        }
        before.keySet().forEach(machines::terminate);
        out.items("instancesSet", List.copyOf(before.values()), this::change);
    }

    private void change(Xml out, Machine before) {
        var now = machines.find(before.id()).orElse(before);
        out.text("instanceId", before.id());
        InstanceXml.state(out, "currentState", now.state());
        InstanceXml.state(out, "previousState", before.state());
    }
}
