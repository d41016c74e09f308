package org.deepseekplugin.cloud.spi;

import java.math.BigDecimal;
import java.util.Currency;

/// An exact amount in one currency. Amounts of different currencies are not comparable.
public record Money(BigDecimal amount, Currency currency) {
    public Money {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("amount is " + amount + "; it must not be negative");
        }
        amount = amount.stripTrailingZeros();
    }

    public static Money usd(String amount) {
        return new Money(new BigDecimal(amount), Currency.getInstance("USD"));
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }
}
