package org.deepseekplugin.cloud.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.ShellScript;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.junit.jupiter.api.Test;

/// A launch gives what was asked for.
interface LaunchConformance extends Conformance {

    @Test
    default void offers_what_the_site_has_and_filters_by_query() {
        var site = cloud().site();
        var query =
                new OfferQuery(
                        Optional.of(site.region()),
                        Optional.of(site.zone()),
                        Optional.of(site.instanceType()),
                        Optional.of(Market.ON_DEMAND));

        assertThat(driver().offers(query)).hasSize(1).allMatch(query::accepts);
    }

    @Test
    default void a_machine_is_of_the_type_zone_and_market_asked_for() {
        var site = cloud().site();
        var machine = one(request());

        assertThat(machine.zone()).isEqualTo(site.zone());
        assertThat(machine.instanceType()).isEqualTo(site.instanceType());
        assertThat(machine.market()).isEqualTo(Market.ON_DEMAND);
        assertThat(machine.state().isLive()).isTrue();
        assertThat(machine.id().region()).isEqualTo(site.region());
    }

    @Test
    default void a_spot_machine_says_so_at_once_and_in_the_listing() {
        var spot = request(freshToken(), cloud().site().zone(), 1, 1, Market.SPOT);

        assertThat(one(spot).market()).isEqualTo(Market.SPOT);
        assertThat(driver().list(owner()).instances())
                .extracting(Instance::market)
                .containsExactly(Market.SPOT);
    }

    @Test
    default void several_machines_come_from_one_request() {
        var machines = allocated(request(2, 2));

        assertThat(machines).extracting(Instance::id).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    default void tags_are_on_the_machine_from_the_call_that_made_it() {
        var request = request();

        assertThat(one(request).tags()).containsAllEntriesOf(InstanceTags.of(request));
        assertThat(driver().list(owner()).instances())
                .singleElement()
                .satisfies(m -> assertThat(m.intent()).contains(request.intent()))
                .satisfies(m -> assertThat(m.token()).contains(request.token()))
                .satisfies(m -> assertThat(m.tags()).containsAllEntriesOf(request.tags()));
    }

    @Test
    @Needs(Ability.USER_DATA)
    default void bootstrap_arrives_byte_for_byte() {
        var hard = "it's \"quoted\", $HOME, `id`, \\n, 中文\n\ttab\n";
        var bootstrap =
                new Bootstrap(
                        List.of(new Bootstrap.File("etc/hard.txt", "600", hard)),
                        Map.of("TRICKY", "a'b\"c $d"),
                        List.of("true", "it's"));
        var machine = one(with(request(), bootstrap));

        assertThat(cloud().userData(machine.id()))
                .isEqualTo(ShellScript.of(bootstrap).getBytes(UTF_8));
    }

    @Test
    @Needs(Ability.CAPACITY)
    default void a_zone_with_less_than_the_maximum_gives_what_it_has() {
        var site = cloud().site();
        cloud().capacity(site.zone(), site.instanceType(), 2);

        assertThat(allocated(request(1, 3))).hasSize(2);
        assertThat(live()).hasSize(2);
    }

    private static AllocationRequest with(AllocationRequest r, Bootstrap bootstrap) {
        return new AllocationRequest(
                r.intent(),
                r.token(),
                r.owner(),
                r.min(),
                r.max(),
                r.market(),
                r.region(),
                r.zone(),
                r.instanceType(),
                r.cohesion(),
                bootstrap,
                r.tags());
    }
}
