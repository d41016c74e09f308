package org.deepseekplugin.cloud.spi;

/// Where a driver reports what it noticed by itself. Reports may be lost or doubled; reconcile does
/// not depend on them.
@FunctionalInterface
public interface DriverEvents {
    /// @param what one sentence for the event log, naming the machine where there is one
    void noticed(String what);
}
