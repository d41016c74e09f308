package org.deepseekplugin.emulator.aws.ec2;

import java.util.ArrayList;
import java.util.Optional;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.offers.Catalogue;

/// The default network of each region: one VPC, one subnet a zone, one security group. Their ids
/// are fixed, so nothing needs to be stored.
record Network(Catalogue catalogue) {

    static String vpc(String region) {
        return Ids.fixed("vpc-", region);
    }

    static String subnet(String zone) {
        return Ids.fixed("subnet-", zone);
    }

    static String securityGroup(String region) {
        return Ids.fixed("sg-", region);
    }

    Optional<String> zoneOfSubnet(String region, Params params) {
        return params.text("SubnetId")
                .or(() -> params.text("NetworkInterface.1.SubnetId"))
                .map(id ->
                        catalogue.zonesOf(region).stream()
                                .map(zone -> zone.name())
                                .filter(zone -> subnet(zone).equals(id))
                                .findFirst()
                                .orElseThrow(() ->
                                        new AwsError(
                                                "InvalidSubnetID.NotFound",
                                                "The subnet ID '" + id + "' does not exist")));
    }

    /// @throws AwsError for a security group or key pair that does not exist
    void check(String region, Params params) {
        var groups = new ArrayList<>(params.list("SecurityGroupId"));
        params.elements("NetworkInterface")
                .forEach(element -> groups.addAll(params.list(element + ".SecurityGroupId")));
        for (var id : groups) {
            if (!id.equals(securityGroup(region))) {
                throw new AwsError(
                        "InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
            }
        }
        for (var name : params.list("SecurityGroup")) {
            if (!name.equals("default")) {
                throw new AwsError(
                        "InvalidGroup.NotFound",
                        "The security group '" + name + "' does not exist");
            }
        }
        params.text("KeyName")
                .ifPresent(name -> {
                    throw new AwsError(
                            "InvalidKeyPair.NotFound",
                            "The key pair '" + name + "' does not exist");
                });
    }
}
