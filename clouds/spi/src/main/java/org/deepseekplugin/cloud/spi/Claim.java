package org.deepseekplugin.cloud.spi;

import java.util.List;

/// A driver's answer to "is this resource config for you?".
public sealed interface Claim {
    /// Mine, and well-formed.
    record Claimed(OfferQuery query) implements Claim {}

    /// Mine by its keys, but wrong; each problem names the value and the nearest valid one.
    record Flawed(List<String> problems) implements Claim {
        public Flawed {
            problems = List.copyOf(problems);
        }
    }

    record NotMine() implements Claim {}
}
