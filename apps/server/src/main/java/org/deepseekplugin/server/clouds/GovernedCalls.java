package org.deepseekplugin.server.clouds;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.deepseekplugin.cloud.spi.CloudCalls;

/// What every call to one account passes: its budget, a deadline, an audit line, a meter.
final class GovernedCalls implements CloudCalls {
    /// Longer than any SDK's own timeouts together; what hangs beyond it hangs for good.
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String cloud;
    private final CallBudget budget;
    private final CallDeadlines deadlines;
    private final CallAudit audit;
    private final MeterRegistry registry;
    private final Clock clock;

    GovernedCalls(
            String cloud,
            CallBudget budget,
            CallDeadlines deadlines,
            CallAudit audit,
            MeterRegistry registry,
            Clock clock) {
        this.cloud = cloud;
        this.budget = budget;
        this.deadlines = deadlines;
        this.audit = audit;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public <T> T around(String action, String region, Callable<T> call) throws Exception {
        budget.take();
        var begun = clock.instant();
        var failure = "interrupted";
        try {
            T result = deadlines.run(DEADLINE, call);
            failure = "";
            return result;
        } catch (Exception e) {
            failure = e.getClass().getSimpleName() + ": " + e.getMessage();
            throw e;
        } finally {
            var took = Duration.between(begun, clock.instant());
            audit.append(
                    new CallAudit.Line(begun, cloud, action, region, took.toMillis(), failure));
            Timer.builder("deepseek.cloud.calls")
                    .description("Calls to clouds")
                    .tag("cloud", cloud)
                    .tag("action", action)
                    .tag("outcome", failure.isEmpty() ? "ok" : "failed")
                    .register(registry)
                    .record(took);
        }
    }
}
