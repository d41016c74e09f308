package org.deepseekplugin.server.control;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// Operations of the contract whose part does not exist yet: answered, never ignored.
public final class LaterOperations implements Operations {
    private static final List<String> LATER =
            List.of(
                    "getStatus",
                    "listOffers",
                    "listInstances",
                    "listNodes",
                    "getNode",
                    "getNodeLogs",
                    "listServices",
                    "deployService",
                    "getService",
                    "deleteService",
                    "getServiceLogs",
                    "listResources",
                    "allocateResource",
                    "getResource",
                    "releaseResource",
                    "listEvents",
                    "listModels");

    @Override
    public Map<String, Handler> handlers() {
        return LATER.stream().collect(Collectors.toMap(id -> id, id -> LaterOperations::refuse));
    }

    private static ControlReply refuse(ControlCall call) {
        throw new PlatformException(
                ErrorCode.NOT_ACTIVE_YET,
                "%s is part of the contract but not active yet.".formatted(call.operation().id()));
    }
}
