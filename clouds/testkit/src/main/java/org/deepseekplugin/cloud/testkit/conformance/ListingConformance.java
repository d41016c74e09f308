package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Disturbance;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Operation;
import org.junit.jupiter.api.Test;

/// A listing is complete, or there is none.
interface ListingConformance extends Conformance {

    @Test
    default void lists_every_machine_beyond_one_page() {
        var made = moreThanAPage();

        assertThat(driver().list(owner()).instances())
                .extracting(Instance::id)
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    default void lists_only_the_owners_machines() {
        one(request());

        assertThat(driver().list(new OwnerTag("somebody-else")).instances()).isEmpty();
    }

    @Test
    default void a_listing_after_a_restart_finds_what_was_there() {
        var machine = one(request());

        try (var restarted = cloud().connect()) {
            assertThat(restarted.list(owner()).instances())
                    .extracting(Instance::id)
                    .containsExactly(machine.id());
        }
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void a_later_page_that_is_refused_makes_no_shorter_fleet() {
        moreThanAPage();
        cloud().refuse(Operation.LIST, Kind.AUTH, 1, 1);

        assertThatThrownBy(() -> driver().list(owner()))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(Kind.AUTH));
    }

    /// However the driver deals with it, by trying again or by throwing.
    @Test
    @Needs(Ability.DISTURBANCES)
    default void a_later_page_that_breaks_off_makes_no_shorter_fleet() {
        var made = moreThanAPage();
        for (var how : new Disturbance[] {Disturbance.RESET, Disturbance.TRUNCATE}) {
            cloud().disturb(Operation.LIST, how, 1);
            try {
                assertThat(driver().list(owner()).instances())
                        .as("after %s", how)
                        .extracting(Instance::id)
                        .containsExactlyInAnyOrderElementsOf(made);
            } catch (CloudException e) {
                assertThat(e.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
            }
            cloud().heal();
        }
    }

    @Test
    @Needs({Ability.LAG, Ability.TOKENS})
    default void a_lagging_list_neither_doubles_nor_loses_a_machine() {
        cloud().lag(Duration.ofSeconds(2));
        var request = request();
        var machine = one(request);

        driver().list(owner());
        assertThat(one(request).id()).isEqualTo(machine.id());
        Await.until(() -> !driver().list(owner()).instances().isEmpty());
        assertThat(madeWith(request.token())).hasSize(1);
    }

    @Test
    @Needs(Ability.KILL)
    default void a_machine_that_died_is_not_listed_as_live() {
        var machine = one(request());
        cloud().kill(machine.id());

        Await.until(() ->
                driver().list(owner()).instances().stream()
                        .noneMatch(listed -> listed.state().isLive()));
    }

    private List<InstanceId> moreThanAPage() {
        var made = new ArrayList<InstanceId>();
        for (int i = 0; i <= cloud().pageSize(); i++) {
            made.add(one(request()).id());
        }
        return made;
    }
}
