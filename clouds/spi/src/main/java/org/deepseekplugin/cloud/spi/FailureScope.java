package org.deepseekplugin.cloud.spi;

/// How far a refusal reaches: no stock concerns one type in one zone, an empty account concerns
/// everything.
public sealed interface FailureScope {
    record TypeInZone(String instanceType, String zone) implements FailureScope {}

    /// Quotas are counted for families of types: `p` on AWS, `standardNDSv4Family` on Azure.
    record FamilyInRegion(String family, String region, Market market) implements FailureScope {}

    record Region(String region) implements FailureScope {}

    record Account() implements FailureScope {}

    /// Only the request that failed.
    record OneRequest() implements FailureScope {}
}
