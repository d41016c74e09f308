/// The AWS driver: EC2 through the official SDK, the same code for the real cloud and for any
/// server that speaks its protocol. Found by `ServiceLoader` as [AwsDriverFactory].
///
/// | what | where |
/// |---|---|
/// | configuration, and whose a resource config is | [AwsConfig], [ResourceConfig] |
/// | offers | [Catalogue], and the account's own zones: [Offerings] |
/// | the way to AWS | [AwsCalls] over [AwsClients] |
/// | a launch | [Launcher]; what it asks for: [LaunchOrders], [Images], [Networks], [Fabrics], [PlacementGroups]; when it was lost: [Adoption] |
/// | what there is, and the end | [Lister], [Machines], [Terminator], [Endings] |
/// | what refusals mean | [CallFailure], [FailureTable], [QuotaFamily] |
@NullMarked
package org.deepseekplugin.cloud.aws;

import org.jspecify.annotations.NullMarked;
