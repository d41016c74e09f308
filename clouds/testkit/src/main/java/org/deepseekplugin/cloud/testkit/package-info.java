/// For tests only: [SimulatedCloud], a deterministic cloud in memory, and [CloudDriverConformance],
/// what every driver must do.
@NullMarked
package org.deepseekplugin.cloud.testkit;

import org.jspecify.annotations.NullMarked;
