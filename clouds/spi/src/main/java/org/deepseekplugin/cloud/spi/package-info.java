/// What a cloud driver implements and what it is given. Depends on the JDK and JSpecify only, so a
/// driver author needs one jar.
///
/// | what | where |
/// |---|---|
/// | to implement | [DriverFactory], [CloudDriver] |
/// | given | [DriverContext]: [CloudCalls], [DriverEvents], a clock |
/// | said of itself | [Capabilities], [ConfigKey], [Claim] |
/// | offers | [Offer], [OfferQuery], [Market], [Accelerators], [Money] |
/// | a launch | [AllocationRequest] with [Bootstrap], [Cohesion], [OwnerTag]; its answer: [AllocationResult] |
/// | machines | [Instance], [InstanceId], [InstanceState], [InstanceTags], [InstanceListing], [Termination] |
/// | refusals | [CloudFailure], [FailureScope]; where there is no place for one: [CloudException] |
/// | for drivers' use | [ShellScript] renders a bootstrap, [Suggestion] finds what was meant |
@NullMarked
package org.deepseekplugin.cloud.spi;

import org.jspecify.annotations.NullMarked;
