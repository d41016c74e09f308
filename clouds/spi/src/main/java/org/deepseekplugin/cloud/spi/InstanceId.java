package org.deepseekplugin.cloud.spi;

/// A machine's name, unique in all clouds together.
///
/// @param value the cloud's own name, such as `i-0abc…`
public record InstanceId(String cloud, String region, String value) {
    @Override
    public String toString() {
        return cloud + "/" + region + "/" + value;
    }
}
