package org.deepseekplugin.cloud.testkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often each [Fault] strikes; probabilities per call, together at most 1.
///
/// @param longestDelay upper end of [Fault.Late], at least a millisecond
public record FaultRates(
        double throttle,
        double loseRequest,
        double loseAnswer,
        double late,
        double giveOnly,
        Duration longestDelay) {

    public static final FaultRates NONE = new FaultRates(0, 0, 0, 0, 0, Duration.ofMillis(1));

    public FaultRates {
        double sum = throttle + loseRequest + loseAnswer + late + giveOnly;
        if (sum > 1) {
            throw new IllegalArgumentException("fault rates add up to " + sum + "; at most 1");
        }
    }

    /// About one call in four fails in some way.
    public static FaultRates rough() {
        return new FaultRates(0.05, 0.05, 0.08, 0.05, 0.05, Duration.ofSeconds(30));
    }

    Fault draw(RandomGenerator random) {
        double at = random.nextDouble();
        if ((at -= throttle) < 0) {
            return Fault.throttle();
        }
        if ((at -= loseRequest) < 0) {
            return new Fault.LoseRequest();
        }
        if ((at -= loseAnswer) < 0) {
            return new Fault.LoseAnswer();
        }
        if ((at -= late) < 0) {
            return new Fault.Late(
                    Duration.ofMillis(random.nextLong(1, longestDelay.toMillis() + 1)));
        }
        return at - giveOnly < 0 ? new Fault.GiveOnly(random.nextInt(2)) : new Fault.None();
    }
}
