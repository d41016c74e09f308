package org.deepseekplugin.cli.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import tools.jackson.databind.JsonNode;

/// What the emulator wrote: where its clouds are and the credentials that they accept.
record Endpoints(JsonNode tree) {

    /// Before the emulator runs: something under every name, so that keys can be checked.
    static Endpoints unknown() {
        var aws = new TreeMap<String, String>();
        for (String name : List.of("endpoint", "region", "image_id", "instance_type")) {
            aws.put(name, "not known yet");
        }
        aws.put("access_key_id", "not known yet");
        aws.put("secret_access_key", "not known yet");
        return new Endpoints(Json.tree(Json.bytes(Map.of("aws", aws))));
    }

    static Endpoints read(Path file) {
        try {
            return new Endpoints(Json.tree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    String aws(String field) {
        var value = tree.path("aws").path(field);
        if (!value.isString()) {
            throw new PlatformException(
                    ErrorCode.INTERNAL, "The emulator did not say its aws " + field + ".");
        }
        return value.asString();
    }
}
