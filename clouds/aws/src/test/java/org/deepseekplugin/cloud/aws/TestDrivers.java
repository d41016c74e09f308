package org.deepseekplugin.cloud.aws;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.DriverContext;

/// Drivers for servers on loopback, as a user would configure them.
final class TestDrivers {
    static final String REGION = "us-west-2";
    static final int PAGE_SIZE = 5;

    static CloudDriver connect(
            String endpoint, String key, String secret, Map<String, String> more) {
        var config = new HashMap<String, String>();
        config.put("endpoint", endpoint);
        config.put("credentials.access-key-id", key);
        config.put("credentials.secret-access-key", secret);
        config.putAll(more);
        return connect(config, new DriverContext(CloudCalls.direct(), Clock.systemUTC(), _ -> {}));
    }

    static CloudDriver connect(Map<String, String> given, DriverContext context) {
        return new AwsDriverFactory().create(complete(given), context);
    }

    /// One region, small pages, a short deadline.
    static Map<String, String> complete(Map<String, String> given) {
        var config = new HashMap<String, String>();
        config.put("regions", REGION);
        config.put("deadline", "4s");
        config.put("listing-page-size", Integer.toString(PAGE_SIZE));
        config.putAll(given);
        return config;
    }

    private TestDrivers() {}
}
