package org.deepseekplugin.emulator.machines;

import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.emulator.offers.Market;

/// Orders for one small machine, and variations of them. A token counts in its zone.
final class Orders {
    static LaunchOrder order(String token) {
        return order(token, Optional.empty(), "small", Market.ON_DEMAND, "same", 1, 1, 99);
    }

    static LaunchOrder order(String token, String zone) {
        return order(token, Optional.of(zone), "small", Market.ON_DEMAND, "same", 1, 1, 99);
    }

    static LaunchOrder typed(LaunchOrder o, String type) {
        return order(token(o), o.zone(), type, o.market(), o.fingerprint(), 1, 1, 99);
    }

    static LaunchOrder spot(LaunchOrder o) {
        return order(token(o), o.zone(), o.type(), Market.SPOT, o.fingerprint(), 1, 1, 99);
    }

    static LaunchOrder change(LaunchOrder o, String print, int min, int max, int limit) {
        return order(token(o), o.zone(), o.type(), o.market(), print, min, max, limit);
    }

    private static LaunchOrder order(
            String token,
            Optional<String> zone,
            String type,
            Market market,
            String print,
            int min,
            int max,
            int limit) {
        return new LaunchOrder(
                "tiny",
                "r1",
                zone,
                type,
                market,
                "image",
                min,
                max,
                limit,
                Optional.of(token),
                zone.orElse("r1"),
                print,
                Map.of("owner", "me"),
                "",
                "");
    }

    private static String token(LaunchOrder order) {
        return order.token().orElseThrow();
    }

    private Orders() {}
}
