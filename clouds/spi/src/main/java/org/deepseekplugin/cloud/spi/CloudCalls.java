package org.deepseekplugin.cloud.spi;

import java.util.concurrent.Callable;

/// Every SDK call goes through here: it gives the call a deadline, takes from the account's rate
/// budget, writes the audit record and counts it.
public interface CloudCalls {

    /// Runs the call on the calling thread and hands back what it returns or throws, unchanged. A
    /// call that outlives its deadline is interrupted; that interrupt is cleared before this
    /// returns, so that it ends nothing but the call.
    ///
    /// @param action the cloud's own name of the operation, such as `RunInstances`
    /// @param region where it goes, for the audit record and the rate budget
    <T> T around(String action, String region, Callable<T> call) throws Exception;

    /// For tests and tools: runs the call and nothing else.
    static CloudCalls direct() {
        return new CloudCalls() {
            @Override
            public <T> T around(String action, String region, Callable<T> call) throws Exception {
                return call.call();
            }
        };
    }
}
