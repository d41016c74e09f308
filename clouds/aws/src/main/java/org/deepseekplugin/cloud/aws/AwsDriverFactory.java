package org.deepseekplugin.cloud.aws;

import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.ConfigKey;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.DriverFactory;

/// Makes the driver of one AWS account.
public final class AwsDriverFactory implements DriverFactory {
    static final String CLOUD = "aws";

    private final Catalogue catalogue = Catalogue.load();

    @Override
    public String cloud() {
        return CLOUD;
    }

    @Override
    public List<ConfigKey> configKeys() {
        return AwsConfig.KEYS;
    }

    @Override
    public Claim claims(Map<String, String> resourceConfig) {
        return new ResourceConfig(catalogue).read(resourceConfig);
    }

    /// @throws IllegalArgumentException naming every value that is wrong, with the nearest right
    ///   one
    @Override
    public CloudDriver create(Map<String, String> config, DriverContext context) {
        var settings = AwsConfig.of(config, catalogue.regions());
        return new AwsDriver(settings, catalogue, new AwsClients(settings), context);
    }
}
