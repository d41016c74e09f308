package org.deepseekplugin.emulator.aws;

import java.util.Map;
import org.deepseekplugin.emulator.aws.catalogue.AwsCatalogue;
import org.deepseekplugin.emulator.aws.catalogue.Image;
import org.deepseekplugin.emulator.aws.ec2.Ec2;
import org.deepseekplugin.emulator.aws.metadata.InstanceMetadata;
import org.deepseekplugin.emulator.aws.protocol.AwsAccount;
import org.deepseekplugin.emulator.aws.protocol.AwsApi;
import org.deepseekplugin.emulator.clouds.EmulatedCloud;
import org.deepseekplugin.emulator.clouds.Surroundings;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.wire.MetadataApi;
import org.deepseekplugin.emulator.wire.WireApi;

/// AWS: EC2, STS and SSM behind one endpoint for all regions, and its metadata service.
public final class Aws implements EmulatedCloud {
    public static final String NAME = "aws";

    /// What clients get told to use; any other region, image and type of the catalogue will do.
    public static final String REGION = "us-west-2";

    public static final String INSTANCE_TYPE = "g4dn.xlarge";

    private final AwsAccount account;
    private final Catalogue catalogue = new AwsCatalogue();

    public Aws(AwsAccount account) {
        this.account = account;
    }

    public static String image() {
        return Image.common(REGION).id();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public WireApi api(Surroundings surroundings) {
        return new AwsApi(
                account,
                catalogue,
                Ec2.service(account, catalogue, surroundings),
                Map.of(
                        "sts", new StsService(account),
                        "ssm", new SsmService(surroundings.clock())),
                surroundings.reception());
    }

    @Override
    public MetadataApi metadata(Surroundings surroundings) {
        return new InstanceMetadata(
                surroundings.machines(),
                account,
                surroundings.metadataSecret(),
                surroundings.clock());
    }
}
