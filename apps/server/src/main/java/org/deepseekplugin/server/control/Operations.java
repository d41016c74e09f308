package org.deepseekplugin.server.control;

import java.util.Map;

/// The handlers of one part of the contract, by `operationId`.
public interface Operations {
    Map<String, Handler> handlers();
}
