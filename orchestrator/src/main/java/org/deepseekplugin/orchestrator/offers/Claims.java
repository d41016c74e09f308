package org.deepseekplugin.orchestrator.offers;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;

/// Finds the cloud that a resource config such as `{"region": …, "instance_type": …}` is meant for:
/// the one named by its key `cloud`, or else the one whose keys and catalogue claim it.
public final class Claims {
    private static final String CLOUD = "cloud";
    private static final String MARKET = "market";

    private final Map<String, Cloud> clouds = new TreeMap<>();

    public Claims(List<Cloud> clouds) {
        clouds.forEach(cloud -> this.clouds.put(cloud.name(), cloud));
    }

    /// Without `market` it is on demand: what a cloud may take back at any time is rented only for
    /// those who asked for it, by `market: spot` or `market: any`.
    ///
    /// @throws PlatformException `invalid_request` naming what is wrong and the nearest valid value
    public Place resolve(Map<String, String> config) {
        var rest = new LinkedHashMap<>(config);
        boolean anyMarket = rest.remove(MARKET, "any");
        var named = rest.remove(CLOUD);
        var place = named == null ? byKeys(rest) : byName(named, rest);
        return anyMarket ? place : place.onDemandUnlessSaid();
    }

    private Place byName(String name, Map<String, String> config) {
        var cloud = clouds.get(name);
        if (cloud == null) {
            throw invalid(
                    "cloud: \"%s\" is not an active cloud; there %s.%s"
                            .formatted(name, known(), Nearest.hint(name, clouds.keySet())));
        }
        return switch (cloud.claims().apply(config)) {
            case Claim.Claimed(var query) -> new Place(name, query);
            case Claim.Flawed(var problems) -> throw invalid(String.join(" ", problems));
            case Claim.NotMine() ->
                    throw invalid(
                            "%s does not understand %s; see `deepseek offers` for what it rents."
                                    .formatted(name, config));
        };
    }

    private Place byKeys(Map<String, String> config) {
        var claimed = new ArrayList<Place>();
        var flaws = new ArrayList<String>();
        clouds.forEach((name, cloud) -> {
            switch (cloud.claims().apply(config)) {
                case Claim.Claimed(var query) -> claimed.add(new Place(name, query));
                case Claim.Flawed(var problems) -> flaws.addAll(problems);
                case Claim.NotMine() -> {}
            }
        });
        if (claimed.size() == 1) {
            return claimed.getFirst();
        }
        if (claimed.isEmpty()) {
            throw invalid(
                    flaws.isEmpty()
                            ? "No cloud understands %s; there %s. Say which with `cloud:`."
                                    .formatted(config, known())
                            : String.join(" ", flaws));
        }
        throw invalid(
                "%s fits several clouds (%s); say which with `cloud:`."
                        .formatted(
                                config, claimed.stream().map(Place::cloud).collect(joining(", "))));
    }

    private String known() {
        return switch (clouds.size()) {
            case 0 -> "is none (enable one with `clouds.<name>.enabled: true`)";
            case 1 -> "is " + clouds.keySet().iterator().next();
            default -> "are " + String.join(", ", clouds.keySet());
        };
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(ErrorCode.INVALID_REQUEST, message);
    }
}
