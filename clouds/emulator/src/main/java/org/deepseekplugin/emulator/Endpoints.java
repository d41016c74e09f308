package org.deepseekplugin.emulator;

import org.deepseekplugin.emulator.aws.Aws;

/// What a client needs to know, cloud by cloud; in JSON this is `endpoints.json`.
public record Endpoints(Aws aws) {

    /// @param imageId,instanceType two that fit each other in the region
    /// @param metadata URL with `{id}` in place of the instance's id
    /// @param control URL of the control API, secret included
    public record Aws(
            String endpoint,
            String accessKeyId,
            String secretAccessKey,
            String region,
            String imageId,
            String instanceType,
            String metadata,
            String control) {

        /// Without the secrets.
        @Override
        public String toString() {
            return "Aws[endpoint=" + endpoint + ", region=" + region + "]";
        }
    }
}
