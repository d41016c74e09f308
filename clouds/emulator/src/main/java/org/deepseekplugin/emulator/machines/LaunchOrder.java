package org.deepseekplugin.emulator.machines;

import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.emulator.offers.Market;

/// What a client asks for.
///
/// @param zone empty leaves the choice to the cloud
/// @param token the client's idempotency token
/// @param tokenScope where the token means the same, in the cloud's own words: a region, a zone
/// @param fingerprint equal for equal requests, whatever their token
/// @param limit how many machines this call gets at most, for provoking partial answers
/// @param userData the script, Base64; empty for none
/// @param group a placement group; empty for none
public record LaunchOrder(
        String cloud,
        String region,
        Optional<String> zone,
        String type,
        Market market,
        String image,
        int min,
        int max,
        int limit,
        Optional<String> token,
        String tokenScope,
        String fingerprint,
        Map<String, String> tags,
        String userData,
        String group) {

    public LaunchOrder {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "from %d to %d machines were asked; needs 1 <= min <= max".formatted(min, max));
        }
        tags = Map.copyOf(tags);
    }

    /// The scope in which the token counts.
    Optional<String> tokenKey() {
        return token.map(text -> String.join("/", cloud, tokenScope, text));
    }
}
