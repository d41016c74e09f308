package org.deepseekplugin.server.control;

import java.util.List;

/// The end of a log.
///
/// @param source `agent`, or a replica
record LogLines(String source, List<String> lines) {}
