package org.deepseekplugin.emulator.machines;

/// One machine of a launch: the identity that it keeps over restarts.
///
/// @param address a loopback address, its own where the system has more than one
public record Placed(String id, String address) {}
