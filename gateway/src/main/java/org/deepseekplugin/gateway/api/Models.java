package org.deepseekplugin.gateway.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.gateway.api.errors.ModelRefusals;
import org.deepseekplugin.gateway.api.exchange.Answers;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.routing.EndpointSource;
import org.deepseekplugin.gateway.routing.ServedModel;
import org.deepseekplugin.platform.json.Json;

/// `GET /v1/models` and `GET /v1/models/{id}`: the names, aliases included, that the key may use.
final class Models {
    private final EndpointSource endpoints;

    Models(EndpointSource endpoints) {
        this.endpoints = endpoints;
    }

    void list(Exchange exchange, Principal principal) {
        var snapshot = endpoints.current();
        List<Map<String, Object>> models =
                ModelRefusals.visible(snapshot, principal).stream()
                        .map(name -> entry(name, snapshot.find(name).orElseThrow()))
                        .toList();
        Answers.json(exchange, 200, Json.bytes(page(models)));
    }

    void one(Exchange exchange, Principal principal, String name) {
        var snapshot = endpoints.current();
        var model = snapshot.find(name).filter(found -> principal.mayUse(name, found.name()));
        if (model.isPresent()) {
            Answers.json(exchange, 200, Json.bytes(entry(name, model.get())));
        } else {
            Answers.refuse(exchange, ModelRefusals.unknown(name, snapshot, principal));
        }
    }

    private static Map<String, Object> page(List<Map<String, Object>> models) {
        var page = new LinkedHashMap<String, Object>();
        page.put("object", "list");
        page.put("data", models);
        return page;
    }

    private static Map<String, Object> entry(String name, ServedModel model) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", name);
        entry.put("object", "model");
        entry.put("created", model.created().getEpochSecond());
        entry.put("owned_by", "deepseek-plugin");
        return entry;
    }
}
