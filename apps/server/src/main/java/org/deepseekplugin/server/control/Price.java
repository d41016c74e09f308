package org.deepseekplugin.server.control;

import org.deepseekplugin.cloud.spi.Money;

/// An amount as the API shows it, everywhere alike.
record Price(String amount, String currency) {

    static Price of(Money money) {
        return new Price(money.amount().toPlainString(), money.currency().getCurrencyCode());
    }

    /// @param text such as `1.006 USD`, as [Money] writes itself into the books
    static Price parse(String text) {
        var parts = text.split(" ", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "\"%s\" is no price; one looks like 1.006 USD".formatted(text));
        }
        return new Price(parts[0], parts[1]);
    }
}
