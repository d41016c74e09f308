package org.deepseekplugin.orchestrator.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.platform.json.Json;

/// The part of a request that is stored with its intent, so that a repetition is the same byte by
/// byte, even by a newer version of this program. Both tokens are functions of the intent and are
/// computed anew for each call; neither is in the text.
record FrozenRequest(
        OwnerTag owner,
        int min,
        int max,
        Cohesion cohesion,
        Bootstrap bootstrap,
        Map<String, String> tags) {

    String freeze() {
        return Json.write(this);
    }

    static FrozenRequest thaw(String text) {
        return Json.read(text.getBytes(UTF_8), FrozenRequest.class);
    }
}
