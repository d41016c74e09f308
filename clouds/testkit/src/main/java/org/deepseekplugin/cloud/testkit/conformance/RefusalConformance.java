package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.AllocationResult.Partial;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.Termination;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Operation;
import org.junit.jupiter.api.Test;

/// Each way to say no is understood: its kind, and how far it reaches.
interface RefusalConformance extends Conformance {

    @Test
    @Needs(Ability.REFUSALS)
    default void no_capacity_holds_for_the_type_in_the_zone() {
        var scope = refused(Kind.CAPACITY).scope();

        assertThat(scope)
                .isEqualTo(
                        new FailureScope.TypeInZone(
                                cloud().site().instanceType(), cloud().site().zone()));
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void quota_holds_for_the_family_in_the_region_and_market() {
        assertThat(refused(Kind.QUOTA).scope())
                .asInstanceOf(type(FailureScope.FamilyInRegion.class))
                .satisfies(s -> assertThat(s.region()).isEqualTo(cloud().site().region()))
                .satisfies(s -> assertThat(s.market()).isEqualTo(Market.ON_DEMAND));
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void wrong_credentials_hold_for_the_account() {
        assertThat(refused(Kind.AUTH).scope()).isEqualTo(new FailureScope.Account());
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void an_account_that_cannot_pay_holds_for_the_account() {
        assertThat(refused(Kind.BILLING).scope()).isEqualTo(new FailureScope.Account());
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void an_invalid_request_holds_for_itself() {
        assertThat(refused(Kind.INVALID).scope()).isEqualTo(new FailureScope.OneRequest());
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void a_cloud_in_trouble_is_unavailable() {
        assertThat(refused(Kind.UNAVAILABLE).code()).isNotBlank();
    }

    @Test
    @Needs({Ability.REFUSALS, Ability.CALL_COUNTS})
    default void throttling_is_told_at_once_and_never_multiplies_calls() {
        var machine = one(request());
        for (var operation : Operation.values()) {
            cloud().refuse(operation, Kind.THROTTLED, 0, -1);
            int before = cloud().calls(operation);

            for (int job = 0; job < 3; job++) {
                assertThrottled(operation, machine.id());
            }
            assertThat(cloud().calls(operation) - before).as("%s calls", operation).isEqualTo(3);
        }
    }

    @Test
    @Needs(Ability.REFUSALS)
    default void a_throttled_request_settles_nothing_and_goes_through_later() {
        var request = request();
        cloud().refuse(Operation.ALLOCATE, Kind.THROTTLED, 0, 1);

        assertThat(((Refused) driver().allocate(request)).settles()).isFalse();
        one(request);
    }

    @Test
    @Needs(Ability.CAPACITY)
    default void an_empty_zone_is_refused_while_another_one_gives() {
        var site = cloud().site();
        cloud().capacity(site.zone(), site.instanceType(), 0);

        assertThat(driver().allocate(request()))
                .asInstanceOf(type(Refused.class))
                .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.CAPACITY));
        one(request(freshToken(), site.otherZone(), 1, 1, Market.ON_DEMAND));
    }

    @Test
    @Needs(Ability.CAPACITY)
    default void fewer_than_the_minimum_is_partial_with_its_machines_or_refused_without_any() {
        var site = cloud().site();
        cloud().capacity(site.zone(), site.instanceType(), 2);
        var answer = driver().allocate(request(3, 3));

        switch (answer) {
            case Partial(var machines, var failure) -> {
                assertThat(machines).hasSize(2);
                assertThat(failure.kind()).isEqualTo(Kind.CAPACITY);
                assertThat(live()).hasSize(2);
            }
            case Refused(var failure) -> {
                assertThat(failure.kind()).isEqualTo(Kind.CAPACITY);
                assertThat(live()).isEmpty();
            }
            case AllocationResult.Allocated _, AllocationResult.Unknown _ ->
                    throw new AssertionError("neither partial nor refused: " + answer);
        }
    }

    private CloudFailure refused(Kind kind) {
        AllocationRequest request = request();
        cloud().refuse(Operation.ALLOCATE, kind, 0, 1);
        var failure =
                assertThat(driver().allocate(request))
                        .asInstanceOf(type(Refused.class))
                        .actual()
                        .failure();
        assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
        assertThat(madeWith(request.token())).isEmpty();
        return failure;
    }

    private void assertThrottled(Operation operation, InstanceId machine) {
        switch (operation) {
            case ALLOCATE ->
                    assertThat(driver().allocate(request()))
                            .asInstanceOf(type(Refused.class))
                            .satisfies(no ->
                                    assertThat(no.failure().kind()).isEqualTo(Kind.THROTTLED));
            case TERMINATE ->
                    assertThat(driver().terminate(machine))
                            .asInstanceOf(type(Termination.Refused.class))
                            .satisfies(no ->
                                    assertThat(no.failure().kind()).isEqualTo(Kind.THROTTLED));
            case LIST ->
                    assertThatThrownBy(() -> driver().list(owner()))
                            .isInstanceOfSatisfying(
                                    CloudException.class,
                                    e -> assertThat(e.failure().kind()).isEqualTo(Kind.THROTTLED));
        }
    }
}
