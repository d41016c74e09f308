/// What every driver must do, as tests: a driver's own test extends [CloudDriverConformance] and
/// says which cloud to use.
@NullMarked
package org.deepseekplugin.cloud.testkit.conformance;

import org.jspecify.annotations.NullMarked;
