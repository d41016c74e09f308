package org.deepseekplugin.emulator.aws.ec2;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Filters;
import org.deepseekplugin.emulator.aws.protocol.Page;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Gpus;
import org.deepseekplugin.emulator.offers.MachineType;

/// What the types that the region offers are made of.
record DescribeInstanceTypes(Catalogue catalogue) implements Ec2Action {

    @Override
    public Set<String> parameters() {
        return Set.of("InstanceType", "Filter", "MaxResults", "NextToken");
    }

    @Override
    public void run(AwsCall call, Xml out) {
        var params = call.params();
        var named = params.list("InstanceType");
        var filter = Filters.of(params, filters(call));
        var offered =
                catalogue.types().stream().filter(type -> isOffered(call.region(), type)).toList();
        for (var name : named) {
            if (offered.stream().noneMatch(type -> type.name().equals(name))) {
                throw new AwsError(
                        "InvalidInstanceType",
                        "The following supplied instance types do not exist: [" + name + "]");
            }
        }
        var shown =
                offered.stream()
                        .filter(type -> named.isEmpty() || named.contains(type.name()))
                        .filter(filter)
                        .toList();
        var page = Page.of(shown, MachineType::name, params, 5, 100);
        out.items("instanceTypeSet", page.items(), (xml, type) -> describe(xml, call, type));
        page.next().ifPresent(token -> out.text("nextToken", token));
    }

    private boolean isOffered(String region, MachineType type) {
        return catalogue.zonesOf(region).stream()
                .anyMatch(zone -> zone.types().contains(type.name()));
    }

    private void describe(Xml out, AwsCall call, MachineType type) {
        out.text("instanceType", type.name())
                .text("currentGeneration", true)
                .text("freeTierEligible", false)
                .text("bareMetal", type.name().contains(".metal"))
                .text("hypervisor", "nitro")
                .texts("supportedUsageClasses", classes(call, type))
                .in(
                        "processorInfo",
                        cpu -> cpu.texts("supportedArchitectures", List.of(type.architecture())))
                .in("vCpuInfo", cpu -> cpu.text("defaultVCpus", type.vcpus()))
                .in("memoryInfo", memory -> memory.text("sizeInMiB", type.memoryMib()))
                .in("networkInfo", network -> network(network, type));
        type.gpus().ifPresent(gpus -> out.in("gpuInfo", info -> gpus(info, gpus)));
    }

    private List<String> classes(AwsCall call, MachineType type) {
        return catalogue.spotPrice(call.region(), type.name()).isPresent()
                ? List.of("on-demand", "spot")
                : List.of("on-demand");
    }

    private static void network(Xml out, MachineType type) {
        out.text("networkPerformance", peak(type.networkGbps()))
                .text("maximumNetworkCards", Math.max(1, type.efaInterfaces()))
                .text("efaSupported", type.efaInterfaces() > 0);
        if (type.efaInterfaces() > 0) {
            out.in("efaInfo", efa -> efa.text("maximumEfaInterfaces", type.efaInterfaces()));
        }
    }

    private static String peak(double gbps) {
        return gbps == Math.rint(gbps)
                ? "%d Gigabit".formatted((long) gbps)
                : String.format(Locale.ROOT, "%s Gigabit", gbps);
    }

    private static void gpus(Xml out, Gpus gpus) {
        out.items(
                        "gpus",
                        List.of(gpus),
                        (xml, one) ->
                                xml.text("name", one.name())
                                        .text("manufacturer", one.manufacturer())
                                        .text("count", one.count())
                                        .in(
                                                "memoryInfo",
                                                memory ->
                                                        memory.text(
                                                                "sizeInMiB", one.memoryMibEach())))
                .text("totalGpuMemoryInMiB", gpus.devices() * gpus.memoryMibEach());
    }

    private Map<String, Function<MachineType, List<String>>> filters(AwsCall call) {
        return Map.ofEntries(
                Map.entry("instance-type", type -> List.of(type.name())),
                Map.entry(
                        "processor-info.supported-architecture",
                        type -> List.of(type.architecture())),
                Map.entry("supported-usage-class", type -> classes(call, type)),
                Map.entry("current-generation", _ -> List.of("true")),
                Map.entry(
                        "bare-metal",
                        type -> List.of(Boolean.toString(type.name().contains(".metal")))),
                Map.entry(
                        "vcpu-info.default-vcpus", type -> List.of(Integer.toString(type.vcpus()))),
                Map.entry(
                        "memory-info.size-in-mib",
                        type -> List.of(Long.toString(type.memoryMib()))),
                Map.entry(
                        "network-info.efa-supported",
                        type -> List.of(Boolean.toString(type.efaInterfaces() > 0))));
    }
}
