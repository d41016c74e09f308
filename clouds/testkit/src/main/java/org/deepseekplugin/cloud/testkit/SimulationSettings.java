package org.deepseekplugin.cloud.testkit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Capabilities.TokenScope;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Money;
import org.deepseekplugin.cloud.spi.Offer;

/// How a [SimulatedCloud] behaves when nothing goes wrong.
///
/// @param offers all that it rents; anything else is refused as invalid
/// @param capacityPerZone machines of each type in each zone, until [SimulatedCloud#setCapacity]
///   says otherwise
/// @param listingLag a machine's changes show in listings up to this much later; each machine draws
///   its own lag
/// @param bootDelay from launch to running
/// @param terminatedListedFor how long a terminated machine stays in listings
public record SimulationSettings(
        String cloud,
        List<Offer> offers,
        TokenScope tokenScope,
        int capacityPerZone,
        Duration listingLag,
        Duration bootDelay,
        Duration terminatedListedFor) {

    public SimulationSettings {
        offers = List.copyOf(offers);
    }

    /// Two regions with two zones each; a cheap type `cpu.small` and a dear one `gpu.large`, on
    /// demand and spot; AWS's token rules.
    public static SimulationSettings small(String cloud) {
        var offers = new ArrayList<Offer>();
        for (var market : Market.values()) {
            for (var zone : List.of("west-1a", "west-1b", "east-1a", "east-1b")) {
                offers.add(offer(cloud, zone, "cpu.small", "cpu", market, "0.10", 2));
                offers.add(offer(cloud, zone, "gpu.large", "gpu", market, "12.00", 32));
            }
        }
        return new SimulationSettings(
                cloud,
                offers,
                TokenScope.ZONE,
                100,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofHours(1));
    }

    public SimulationSettings withTokenScope(TokenScope scope) {
        return new SimulationSettings(
                cloud, offers, scope, capacityPerZone, listingLag, bootDelay, terminatedListedFor);
    }

    public SimulationSettings withCapacityPerZone(int machines) {
        return new SimulationSettings(
                cloud, offers, tokenScope, machines, listingLag, bootDelay, terminatedListedFor);
    }

    public SimulationSettings withListingLag(Duration lag) {
        return new SimulationSettings(
                cloud, offers, tokenScope, capacityPerZone, lag, bootDelay, terminatedListedFor);
    }

    /// Spot costs a quarter.
    private static Offer offer(
            String cloud,
            String zone,
            String type,
            String family,
            Market market,
            String usd,
            int vcpus) {
        var price = Money.usd(usd);
        var spot = new Money(price.amount().divide(BigDecimal.valueOf(4)), price.currency());
        return new Offer(
                cloud,
                zone.substring(0, zone.length() - 1),
                zone,
                type,
                family,
                market,
                Optional.of(market == Market.SPOT ? spot : price),
                false,
                vcpus,
                vcpus * 4096L,
                Optional.empty());
    }
}
