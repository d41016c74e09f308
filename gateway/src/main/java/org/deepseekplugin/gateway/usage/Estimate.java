package org.deepseekplugin.gateway.usage;

/// Tokens by length, for when nobody counts: four bytes make about one in English (the rule of
/// thumb of OpenAI's tokenizer page). JSON's own characters stand in for what a chat template adds.
public final class Estimate {
    private static final int BYTES_PER_TOKEN = 4;

    public static long ofBytes(long bytes) {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    private Estimate() {}
}
