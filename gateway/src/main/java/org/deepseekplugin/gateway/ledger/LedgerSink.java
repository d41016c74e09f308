package org.deepseekplugin.gateway.ledger;

/// Where the request path writes down what it did. Called on event loops: must neither block nor
/// lock.
public interface LedgerSink {

    /// Before an attempt is sent.
    ///
    /// @return false when the ledger cannot take more; then nothing may be sent
    boolean opened(Attempt attempt);

    /// Now and then while a long answer passes by, so that a crash does not forget it. Never
    /// refused.
    ///
    /// @param completion tokens so far, by counting
    void passed(String attempt, long completion);

    /// After an attempt ended, however it did. Never refused.
    void closed(Observed observed);
}
