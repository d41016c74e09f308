package org.deepseekplugin.orchestrator.services;

import java.util.List;

/// @param warnings keys that were understood but are not active yet, one sentence each
public record Deployed(Service service, List<String> warnings) {}
