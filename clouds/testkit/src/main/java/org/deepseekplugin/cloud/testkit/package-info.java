/// For tests only: [SimulatedCloud], a deterministic cloud in memory. What every driver must do is
/// in `conformance`.
@NullMarked
package org.deepseekplugin.cloud.testkit;

import org.jspecify.annotations.NullMarked;
