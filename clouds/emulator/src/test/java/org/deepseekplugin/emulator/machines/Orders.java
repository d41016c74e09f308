package org.deepseekplugin.emulator.machines;

import java.util.Map;
import java.util.Optional;

/// Orders for one small machine, and variations of them.
final class Orders {
    static LaunchOrder order(String token) {
        return new LaunchOrder(
                "tiny",
                "r1",
                Optional.empty(),
                "small",
                Market.ON_DEMAND,
                "image",
                1,
                1,
                99,
                Optional.of(token),
                "same",
                Map.of("owner", "me"),
                "",
                "");
    }

    static LaunchOrder order(String token, String zone) {
        var o = order(token);
        return new LaunchOrder(
                o.cloud(),
                o.region(),
                Optional.of(zone),
                o.type(),
                o.market(),
                o.image(),
                1,
                1,
                99,
                o.token(),
                o.fingerprint(),
                o.tags(),
                "",
                "");
    }

    static LaunchOrder typed(LaunchOrder o, String type) {
        return new LaunchOrder(
                o.cloud(),
                o.region(),
                o.zone(),
                type,
                o.market(),
                o.image(),
                1,
                1,
                99,
                o.token(),
                o.fingerprint(),
                o.tags(),
                "",
                "");
    }

    static LaunchOrder spot(LaunchOrder o) {
        return new LaunchOrder(
                o.cloud(),
                o.region(),
                o.zone(),
                o.type(),
                Market.SPOT,
                o.image(),
                1,
                1,
                99,
                o.token(),
                o.fingerprint(),
                o.tags(),
                "",
                "");
    }

    static LaunchOrder change(LaunchOrder o, String print, int min, int max, int limit) {
        return new LaunchOrder(
                o.cloud(),
                o.region(),
                o.zone(),
                o.type(),
                o.market(),
                o.image(),
                min,
                max,
                limit,
                o.token(),
                print,
                o.tags(),
                "",
                "");
    }

    private Orders() {}
}
