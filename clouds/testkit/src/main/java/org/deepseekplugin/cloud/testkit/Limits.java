package org.deepseekplugin.cloud.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;

/// What the simulated cloud has, and how much of it. Guarded by its cloud.
final class Limits {
    private record Stock(String zone, String instanceType) {
        static Stock of(AllocationRequest request) {
            return new Stock(request.zone(), request.instanceType());
        }
    }

    private record Quota(String family, String region) {}

    private final SimulationSettings settings;
    private final Map<Stock, Integer> capacity = new HashMap<>();
    private final Map<Quota, Integer> vcpuQuota = new HashMap<>();

    Limits(SimulationSettings settings) {
        this.settings = settings;
    }

    void capacity(String zone, String instanceType, int machines) {
        capacity.put(new Stock(zone, instanceType), machines);
    }

    void vcpuQuota(String family, String region, int vcpus) {
        vcpuQuota.put(new Quota(family, region), vcpus);
    }

    Optional<Offer> offer(AllocationRequest request) {
        var query =
                new OfferQuery(
                        Optional.of(request.region()),
                        Optional.of(request.zone()),
                        Optional.of(request.instanceType()),
                        Optional.of(request.market()));
        return settings.offers().stream().filter(query::accepts).findFirst();
    }

    /// @param rented the requests of all live machines
    int freeStock(AllocationRequest request, List<AllocationRequest> rented) {
        var stock = Stock.of(request);
        long taken = rented.stream().map(Stock::of).filter(stock::equals).count();
        return capacity.getOrDefault(stock, settings.capacityPerZone()) - (int) taken;
    }

    /// @param rented the requests of all live machines
    int freeVcpus(Offer offer, List<AllocationRequest> rented) {
        var quota = vcpuQuota.get(new Quota(offer.family(), offer.region()));
        if (quota == null) {
            return Integer.MAX_VALUE;
        }
        int used =
                rented.stream()
                        .flatMap(request -> offer(request).stream())
                        .filter(other -> other.region().equals(offer.region()))
                        .filter(other -> other.family().equals(offer.family()))
                        .mapToInt(Offer::vcpus)
                        .sum();
        return quota - used;
    }
}
