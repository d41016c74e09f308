/// For tests only: [SimulatedCloud], a deterministic cloud in memory.
@NullMarked
package org.deepseekplugin.cloud.testkit;

import org.jspecify.annotations.NullMarked;
