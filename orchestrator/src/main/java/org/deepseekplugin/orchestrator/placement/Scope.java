package org.deepseekplugin.orchestrator.placement;

import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Offer;

/// Which offers of a cloud a refusal concerns. It has a canonical text, the key it is stored under.
///
/// Wider than what the cloud said where the cloud leaves a gap: "no stock" for a spot machine says
/// nothing about on-demand ones, and a request refused for itself would be refused again for the
/// same offer.
public sealed interface Scope {
    record OneOffer(String instanceType, String zone, Market market) implements Scope {}

    record Family(String family, String region, Market market) implements Scope {}

    record Region(String region) implements Scope {}

    record Account() implements Scope {}

    /// @param asked the offer that was refused
    static Scope of(FailureScope scope, Offer asked) {
        return switch (scope) {
            case FailureScope.TypeInZone(var type, var zone) ->
                    new OneOffer(type, zone, asked.market());
            case FailureScope.FamilyInRegion(var family, var region, var market) ->
                    new Family(family, region, market);
            case FailureScope.Region(var region) -> new Region(region);
            case FailureScope.Account() -> new Account();
            case FailureScope.OneRequest() ->
                    new OneOffer(asked.instanceType(), asked.zone(), asked.market());
        };
    }

    default boolean covers(Offer offer) {
        return switch (this) {
            case OneOffer(var type, var zone, var market) ->
                    offer.instanceType().equals(type)
                            && offer.zone().equals(zone)
                            && offer.market() == market;
            case Family(var family, var region, var market) ->
                    offer.family().equals(family)
                            && offer.region().equals(region)
                            && offer.market() == market;
            case Region(var region) -> offer.region().equals(region);
            case Account() -> true;
        };
    }

    /// Names of types, zones and families hold no `|` in any cloud.
    default String text() {
        return switch (this) {
            case OneOffer(var type, var zone, var market) ->
                    "offer|" + type + "|" + zone + "|" + market;
            case Family(var family, var region, var market) ->
                    "family|" + family + "|" + region + "|" + market;
            case Region(var region) -> "region|" + region;
            case Account() -> "account";
        };
    }

    static Scope parse(String text) {
        var parts = text.split("\\|", -1);
        return switch (parts[0]) {
            case "offer" -> new OneOffer(parts[1], parts[2], Market.valueOf(parts[3]));
            case "family" -> new Family(parts[1], parts[2], Market.valueOf(parts[3]));
            case "region" -> new Region(parts[1]);
            case "account" -> new Account();
            default -> throw new IllegalArgumentException("\"" + text + "\" is not a scope");
        };
    }
}
