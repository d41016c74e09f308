package org.deepseekplugin.cloud.testkit.conformance;

import java.util.function.UnaryOperator;

/// The simulated cloud behaves like the ones that drivers speak to.
final class SimulatedCloudConformanceTest extends CloudDriverConformance {

    @Override
    protected CloudUnderTest start() {
        return new SimulatedCloudUnderTest(UnaryOperator.identity());
    }
}
