package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.TrueMachine;

/// What every part of the kit has at hand.
interface Conformance {
    CloudUnderTest cloud();

    CloudDriver driver();

    OwnerTag owner();

    default AllocationRequest request() {
        return request(freshToken(), cloud().site().zone(), 1, 1, Market.ON_DEMAND);
    }

    default AllocationRequest request(int min, int max) {
        return request(freshToken(), cloud().site().zone(), min, max, Market.ON_DEMAND);
    }

    default AllocationRequest request(String token, String zone, int min, int max, Market market) {
        var site = cloud().site();
        return new AllocationRequest(
                "intent-of-" + token,
                token,
                owner(),
                min,
                max,
                market,
                site.region(),
                zone,
                site.instanceType(),
                Cohesion.ANY,
                new Bootstrap(List.of(), Map.of("LANGUAGE", "中文"), List.of("true")),
                Map.of("deepseek-service", "it's a \"test\""));
    }

    default String freshToken() {
        return UUID.randomUUID().toString();
    }

    /// Asks once and expects machines.
    default List<Instance> allocated(AllocationRequest request) {
        return machines(driver().allocate(request));
    }

    default Instance one(AllocationRequest request) {
        var machines = allocated(request);
        assertThat(machines).hasSize(1);
        return machines.getFirst();
    }

    static List<Instance> machines(AllocationResult result) {
        return assertThat(result)
                .asInstanceOf(type(AllocationResult.Allocated.class))
                .actual()
                .instances();
    }

    /// By the cloud's own books.
    default List<TrueMachine> madeWith(String token) {
        return cloud().truth().stream().filter(m -> m.token().equals(token)).toList();
    }

    default List<TrueMachine> live() {
        return cloud().truth().stream().filter(TrueMachine::live).toList();
    }
}
