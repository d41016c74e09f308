package org.deepseekplugin.engine.spi;

/// One turn of a conversation.
///
/// @param role `system`, `user` or `assistant`
public record ChatMessage(String role, String content) {}
