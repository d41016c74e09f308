package org.deepseekplugin.gateway.ledger;

import java.time.LocalDate;
import java.time.ZoneOffset;

/// Who used what when: one row of the account.
///
/// @param day in UTC, of the attempt's begin
public record Account(String project, String keyId, String model, LocalDate day) {

    static Account of(Attempt attempt) {
        return new Account(
                attempt.project(),
                attempt.keyId(),
                attempt.model(),
                LocalDate.ofInstant(attempt.at(), ZoneOffset.UTC));
    }
}
