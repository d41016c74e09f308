package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// The kit finds what is wrong with a driver: each broken one fails, in the test that is about it.
final class CloudDriverConformanceTest {
    private static final String BROKEN = "deepseek.test.broken-driver";

    @ParameterizedTest
    @CsvSource({
        "TAKES_A_FRESH_TOKEN_PER_CALL,same_request_after_a_restart_gives_the_same_machines",
        "LEAVES_OUT_TAGS,tags_are_on_the_machine_from_the_call_that_made_it",
        "TAKES_A_LOST_ANSWER_FOR_A_REFUSAL,an_answer_that_never_came_ends_in_one_machine",
        "RETRIES_WHEN_THROTTLED,throttling_is_told_at_once_and_never_multiplies_calls",
        "BLAMES_THE_ACCOUNT,no_capacity_holds_for_the_type_in_the_zone",
        "TAKES_A_BROKEN_LISTING_FOR_A_SHORTER_FLEET,a_later_page_that_is_refused_makes_no_shorter_fleet",
        "READS_ONE_PAGE,lists_every_machine_beyond_one_page",
        "COMPLAINS_ABOUT_LOST_MACHINES,a_machine_that_never_was_is_gone_already",
        "FORGETS_THE_MARKET,a_spot_machine_says_so_at_once_and_in_the_listing"
    })
    void broken_driver_fails(BrokenDrivers driver, String test) {
        System.setProperty(BROKEN, driver.name());
        var summary = new SummaryGeneratingListener();
        var kit = request().selectors(selectMethod(BrokenConformance.class, test)).build();
        LauncherFactory.create().execute(kit, summary);
        System.clearProperty(BROKEN);

        assertThat(summary.getSummary().getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName())
                .contains(test + "()");
    }

    static final class BrokenConformance extends CloudDriverConformance {
        @Override
        protected CloudUnderTest start() {
            Assumptions.assumeTrue(
                    System.getProperty(BROKEN) != null, "only run by the test above");
            var broken = BrokenDrivers.valueOf(System.getProperty(BROKEN));
            return new SimulatedCloudUnderTest(broken::breaking);
        }
    }
}
