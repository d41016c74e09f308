package org.deepseekplugin.orchestrator.offers;

import java.util.Map;
import java.util.function.Function;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.DriverFactory;

/// One cloud account that may be used.
///
/// @param name as in offers and instance ids
/// @param claims [DriverFactory#claims]
public record Cloud(String name, CloudDriver driver, Function<Map<String, String>, Claim> claims) {

    public static Cloud of(DriverFactory factory, CloudDriver driver) {
        return new Cloud(factory.cloud(), driver, factory::claims);
    }
}
