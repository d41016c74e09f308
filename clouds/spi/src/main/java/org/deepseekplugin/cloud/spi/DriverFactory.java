package org.deepseekplugin.cloud.spi;

import java.util.List;
import java.util.Map;

/// Makes a cloud's driver. Found by `ServiceLoader`.
public interface DriverFactory {

    /// The cloud's name in configuration, offers and instance ids: `aws`, `azure`, `aliyun`.
    String cloud();

    /// The keys under `clouds.<name>` beside `enabled`.
    List<ConfigKey> configKeys();

    /// Whether a resource config such as `{"region": "us-west-2", "instance_type": "p4d.24xlarge"}`
    /// is meant for this cloud, judged by its keys and the catalogue, without a call. Keys come in
    /// snake_case or kebab-case.
    Claim claims(Map<String, String> resourceConfig);

    /// @param config values by key name; unknown keys and missing required ones were refused before
    CloudDriver create(Map<String, String> config, DriverContext context);
}
