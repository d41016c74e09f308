package org.deepseekplugin.engine.http;

/// How this engine is known.
///
/// @param name as answers and `/v1/models` give it
/// @param replica as usage records give it
/// @param maxBodyBytes larger requests are refused
public record ServedModel(String name, String replica, int maxBodyBytes) {
    private static final int MOST = 1 << 30;

    public ServedModel {
        if (maxBodyBytes < 1 || maxBodyBytes > MOST) {
            throw new IllegalArgumentException(
                    "--max-body-bytes is %d; it must be from 1 to %d."
                            .formatted(maxBodyBytes, MOST));
        }
    }
}
