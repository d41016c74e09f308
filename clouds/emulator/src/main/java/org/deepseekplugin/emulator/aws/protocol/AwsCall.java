package org.deepseekplugin.emulator.aws.protocol;

/// One call of an action, its signature already checked.
///
/// @param limit how many machines a launch gets at most
public record AwsCall(String region, String action, Params params, String requestId, int limit) {}
