package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.AllocationResult.Refused;
import org.deepseekplugin.cloud.spi.Capabilities.TokenScope;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Ability;
import org.junit.jupiter.api.Test;

/// The same request makes no second machine.
interface TokenConformance extends Conformance {

    @Test
    @Needs(Ability.TOKENS)
    default void same_request_twice_gives_the_same_machine() {
        var request = request();
        var first = one(request);

        assertThat(one(request).id()).isEqualTo(first.id());
        assertThat(madeWith(request.token())).hasSize(1);
    }

    @Test
    @Needs(Ability.TOKENS)
    default void same_request_after_a_restart_gives_the_same_machines() {
        var request = request(2, 2);
        var first = allocated(request);

        try (var restarted = cloud().connect()) {
            assertThat(Conformance.machines(restarted.allocate(request)))
                    .extracting(Instance::id)
                    .containsExactlyInAnyOrderElementsOf(first.stream().map(Instance::id).toList());
        }
        assertThat(madeWith(request.token())).hasSize(2);
    }

    @Test
    @Needs(Ability.TOKENS)
    default void same_request_from_many_threads_makes_one_machine() throws Exception {
        var request = request();
        var tasks = new ArrayList<Callable<AllocationResult>>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> driver().allocate(request));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isInstanceOf(AllocationResult.Allocated.class);
            }
        }

        assertThat(madeWith(request.token())).hasSize(1);
    }

    @Test
    @Needs(Ability.TOKENS)
    default void same_token_with_other_parameters_is_refused_and_makes_nothing() {
        var request = request();
        one(request);
        var other = request(request.token(), request.zone(), 2, 2, Market.ON_DEMAND);

        assertThat(driver().allocate(other))
                .asInstanceOf(type(Refused.class))
                .satisfies(no -> assertThat(no.failure().kind()).isEqualTo(Kind.INVALID));
        assertThat(madeWith(request.token())).hasSize(1);
    }

    @Test
    @Needs(Ability.TOKENS)
    default void same_token_in_another_zone_is_as_the_capabilities_say() {
        var request = request();
        one(request);
        var elsewhere =
                request(request.token(), cloud().site().otherZone(), 1, 1, Market.ON_DEMAND);
        var answer = driver().allocate(elsewhere);

        if (driver().capabilities().tokenScope() == TokenScope.ZONE) {
            assertThat(answer).isInstanceOf(AllocationResult.Allocated.class);
            assertThat(madeWith(request.token())).hasSize(2);
        } else {
            assertThat(answer).isInstanceOf(Refused.class);
            assertThat(madeWith(request.token())).hasSize(1);
        }
    }

    @Test
    @Needs(Ability.TOKENS)
    default void token_of_a_terminated_machine_never_answers_with_it() {
        var request = request();
        var machine = one(request);
        driver().terminate(machine.id());
        Await.until(() -> live().isEmpty());

        assertThat(driver().allocate(request))
                .asInstanceOf(type(Refused.class))
                .satisfies(no -> assertThat(no.settles()).isTrue());
        assertThat(live()).isEmpty();
    }

    @Test
    default void fresh_tokens_make_fresh_machines() {
        AllocationRequest a = request();
        AllocationRequest b = request();

        assertThat(one(a).id()).isNotEqualTo(one(b).id());
    }
}
