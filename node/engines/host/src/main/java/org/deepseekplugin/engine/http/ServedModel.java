package org.deepseekplugin.engine.http;

/// How this engine is known.
///
/// @param name as answers and `/v1/models` give it
/// @param replica as usage records give it
/// @param maxBodyBytes larger requests are refused
public record ServedModel(String name, String replica, long maxBodyBytes) {}
