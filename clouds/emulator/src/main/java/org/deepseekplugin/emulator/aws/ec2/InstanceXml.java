package org.deepseekplugin.emulator.aws.ec2;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.catalogue.Image;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.machines.Launch;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.MachineState;
import org.deepseekplugin.emulator.machines.Reason;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Market;

/// Writes machines as EC2 describes instances.
record InstanceXml(String account, Catalogue catalogue) {

    void reservation(Xml out, Launch launch, List<Machine> machines) {
        out.text("reservationId", launch.id())
                .text("ownerId", account)
                .items("groupSet", List.of(), (_, _) -> {})
                .items("instancesSet", machines, this::instance);
    }

    static void state(Xml out, String name, MachineState state) {
        out.in(name, xml -> xml.text("code", code(state)).text("name", word(state)));
    }

    static String word(MachineState state) {
        return switch (state) {
            case PENDING -> "pending";
            case RUNNING -> "running";
            case SHUTTING_DOWN -> "shutting-down";
            case TERMINATED -> "terminated";
        };
    }

    static int code(MachineState state) {
        return switch (state) {
            case PENDING -> 0;
            case RUNNING -> 16;
            case SHUTTING_DOWN -> 32;
            case TERMINATED -> 48;
        };
    }

    static String reasonCode(Reason reason) {
        return switch (reason) {
            case NONE -> "";
            case REQUESTED -> "Client.UserInitiatedShutdown";
            case HOST_FAILED -> "Server.InternalError";
            case EVICTED -> "Server.SpotInstanceTermination";
        };
    }

    static void tags(Xml out, Map<String, String> tags) {
        out.items(
                "tagSet",
                new TreeMap<>(tags).entrySet(),
                (xml, tag) -> xml.text("key", tag.getKey()).text("value", tag.getValue()));
    }

    private void instance(Xml out, Machine machine) {
        var order = machine.launch().order();
        var type = catalogue.type(machine.type()).orElseThrow();
        out.text("instanceId", machine.id()).text("imageId", order.image());
        state(out, "instanceState", machine.state());
        addresses(out, machine);
        reason(out, machine);
        out.text("amiLaunchIndex", machine.index())
                .text("instanceType", machine.type())
                .text("launchTime", machine.launch().at().truncatedTo(ChronoUnit.SECONDS))
                .in("placement", placement -> placement(placement, machine))
                .in("monitoring", monitoring -> monitoring.text("state", "disabled"))
                .text("architecture", type.architecture())
                .text("rootDeviceType", "ebs")
                .text("rootDeviceName", Image.ROOT_DEVICE)
                .text("virtualizationType", "hvm")
                .text("hypervisor", "xen")
                .text("ebsOptimized", false);
        order.token().ifPresent(token -> out.text("clientToken", token));
        if (order.market() == Market.SPOT) {
            out.text("instanceLifecycle", "spot")
                    .text("spotInstanceRequestId", "sir-" + machine.id().substring(3, 11));
        }
        tags(out, machine.tags());
    }

    private void addresses(Xml out, Machine machine) {
        if (machine.state() == MachineState.PENDING || machine.state() == MachineState.RUNNING) {
            out.text("privateIpAddress", machine.address())
                    .text("ipAddress", machine.address())
                    .text("privateDnsName", Ids.privateName(machine.address(), machine.region()))
                    .text("subnetId", Network.subnet(machine.zone()))
                    .text("vpcId", Network.vpc(machine.region()));
        }
        out.items(
                "groupSet",
                List.of(machine),
                (xml, one) ->
                        xml.text("groupId", Network.securityGroup(one.region()))
                                .text("groupName", "default"));
    }

    private static void reason(Xml out, Machine machine) {
        var code = reasonCode(machine.reason());
        if (!code.isEmpty()) {
            var at = machine.last().at().truncatedTo(ChronoUnit.SECONDS);
            out.text("reason", code + " (" + at + ")")
                    .in(
                            "stateReason",
                            xml -> xml.text("code", code).text("message", code + ": " + at));
        }
    }

    private static void placement(Xml out, Machine machine) {
        out.text("availabilityZone", machine.zone())
                .text("groupName", machine.launch().order().group())
                .text("tenancy", "default");
    }
}
