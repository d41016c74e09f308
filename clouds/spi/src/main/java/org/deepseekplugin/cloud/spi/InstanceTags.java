package org.deepseekplugin.cloud.spi;

import java.util.Map;
import java.util.TreeMap;

/// The tags that every machine carries from the call that made it, so that a crash leaves none
/// unclaimed.
public final class InstanceTags {
    public static final String OWNER = "deepseek-owner";
    public static final String INTENT = "deepseek-intent";
    public static final String TOKEN = "deepseek-token";

    /// All tags of a request, sorted by name: a retry must be the same byte by byte.
    public static Map<String, String> of(AllocationRequest request) {
        var tags = new TreeMap<>(request.tags());
        tags.put(OWNER, request.owner().value());
        tags.put(INTENT, request.intent());
        tags.put(TOKEN, request.token());
        return tags;
    }

    private InstanceTags() {}
}
