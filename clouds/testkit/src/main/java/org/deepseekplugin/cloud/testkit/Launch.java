package org.deepseekplugin.cloud.testkit;

import java.time.Instant;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.InstanceId;

/// One machine that was made, and the request that made it.
public record Launch(InstanceId machine, AllocationRequest request, Instant at) {}
