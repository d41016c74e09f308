package org.deepseekplugin.cloud.spi;

import java.time.Clock;

/// What a driver is given besides its configuration.
public record DriverContext(CloudCalls calls, Clock clock, DriverEvents events) {}
