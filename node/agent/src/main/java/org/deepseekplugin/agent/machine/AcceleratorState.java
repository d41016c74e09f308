package org.deepseekplugin.agent.machine;

import org.deepseekplugin.protocol.AcceleratorReading;

/// An accelerator: what it is, and how it is doing.
///
/// @param driver version, empty where it is not known
public record AcceleratorState(String name, String driver, AcceleratorReading reading) {}
