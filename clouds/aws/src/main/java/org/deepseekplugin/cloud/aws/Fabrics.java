package org.deepseekplugin.cloud.aws;

import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Cohesion;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/// The network interfaces of a machine that must be near others: one EFA on each network card of
/// the type. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html. Asked
/// once per type and driver. Thread-safe.
final class Fabrics {
    private final AwsConfig config;
    private final AwsCalls aws;
    private final Map<String, Integer> interfaces = new ConcurrentHashMap<>();

    Fabrics(AwsConfig config, AwsCalls aws) {
        this.config = config;
        this.aws = aws;
    }

    /// How many EFA interfaces the request's machines get; 0 if it asks for no fabric, or the type
    /// has none and makes do with its placement group.
    ///
    /// @throws CloudException if the machines would be cut off: EC2 gives no public address to a
    ///   machine with several interfaces, so it needs a subnet that has another way out
    int interfaces(AllocationRequest request) throws Exception {
        if (request.cohesion() != Cohesion.FABRIC) {
            return 0;
        }
        var type = request.instanceType();
        var known = interfaces.get(type);
        if (known == null) {
            var answer =
                    aws.query(
                            "DescribeInstanceTypes",
                            request.region(),
                            ec2 ->
                                    ec2.describeInstanceTypes(
                                            r -> r.instanceTypesWithStrings(type)));
            known = answer.instanceTypes().stream().mapToInt(Fabrics::of).findFirst().orElse(0);
            interfaces.put(type, known);
        }
        if (known > 1 && config.subnets().isEmpty()) {
            throw new CloudException(noWayOut(request, known), null);
        }
        return known;
    }

    /// The first interface carries the machine's address, further ones only the fabric.
    ///
    /// @param efas 0 leaves the first one as it is
    static List<InstanceNetworkInterfaceSpecification> attach(
            int efas, InstanceNetworkInterfaceSpecification first) {
        return efas == 0
                ? List.of(first)
                : IntStream.range(0, efas).mapToObj(card -> efa(first, card)).toList();
    }

    private static InstanceNetworkInterfaceSpecification efa(
            InstanceNetworkInterfaceSpecification first, int card) {
        return first.toBuilder()
                .interfaceType("efa")
                .networkCardIndex(card)
                .deviceIndex(card == 0 ? 0 : 1)
                .build();
    }

    private static int of(InstanceTypeInfo type) {
        var network = type.networkInfo();
        return network != null && network.efaInfo() != null
                ? network.efaInfo().maximumEfaInterfaces()
                : 0;
    }

    private static CloudFailure noWayOut(AllocationRequest request, int interfaces) {
        return new CloudFailure(
                INVALID,
                Target.of(request).scope(Reach.TYPE_IN_ZONE),
                "NoWayOut",
                "%s on a fabric has %d network interfaces, and so no public address; name a subnet with a NAT gateway in clouds.aws.subnet-ids"
                        .formatted(request.instanceType(), interfaces));
    }
}
