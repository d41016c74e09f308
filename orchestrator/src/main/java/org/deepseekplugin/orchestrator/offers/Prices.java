package org.deepseekplugin.orchestrator.offers;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.cloud.spi.Money;

/// Compares prices of different currencies by configured rates.
///
/// @param dollarsPer US dollars for one unit of a currency, by ISO code
public record Prices(Map<String, BigDecimal> dollarsPer) {
    /// Good enough to order offers by; bills come from the clouds.
    public static final Prices ROUGH =
            new Prices(
                    Map.of(
                            "USD", BigDecimal.ONE,
                            "CNY", new BigDecimal("0.14"),
                            "EUR", new BigDecimal("1.1")));

    public Prices {
        dollarsPer = Map.copyOf(dollarsPer);
    }

    /// Unknown prices, and those in an unknown currency, come last.
    public Comparator<Optional<Money>> cheapestFirst() {
        return Comparator.comparing(
                price -> price.flatMap(this::dollars),
                Comparator.comparing((Optional<BigDecimal> dollars) -> dollars.isEmpty())
                        .thenComparing(dollars -> dollars.orElse(BigDecimal.ZERO)));
    }

    private Optional<BigDecimal> dollars(Money price) {
        return Optional.ofNullable(dollarsPer.get(price.currency().getCurrencyCode()))
                .map(price.amount()::multiply);
    }
}
