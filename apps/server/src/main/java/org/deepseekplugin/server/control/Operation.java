package org.deepseekplugin.server.control;

import com.networknt.schema.Schema;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import org.deepseekplugin.server.keys.Role;

/// One operation of the contract.
///
/// @param role the least that a key must have
/// @param body schema of the request's body, if it has one
record Operation(
        String id,
        HttpMethod method,
        PathTemplate path,
        Role role,
        List<Parameter> parameters,
        Optional<Schema> body) {}
