package org.deepseekplugin.server.control;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.orchestrator.services.Endpoints;
import org.deepseekplugin.orchestrator.services.Model;
import org.deepseekplugin.orchestrator.services.ModelCatalog;
import org.deepseekplugin.protocol.WeightsFile;

/// Models that can be deployed, and the names that clients may use.
public final class ModelOperations implements Operations {
    private final ModelCatalog catalog;
    private final Endpoints endpoints;

    private record View(
            String name,
            Optional<String> aliasOf,
            long ready,
            boolean deployable,
            Optional<String> licence,
            long size) {}

    public ModelOperations(ModelCatalog catalog, Endpoints endpoints) {
        this.catalog = catalog;
        this.endpoints = endpoints;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of("listModels", this::list);
    }

    private ControlReply list(ControlCall call) {
        var views = new ArrayList<View>();
        catalog.models().forEach(model -> views.add(view(model.name(), Optional.empty(), model)));
        catalog.aliases()
                .forEach((alias, name) ->
                        views.add(view(alias, Optional.of(name), catalog.resolve(name))));
        return ControlReply.ok(Map.of("models", views));
    }

    private View view(String name, Optional<String> aliasOf, Model model) {
        return new View(
                name,
                aliasOf,
                endpoints.snapshot().ready().stream()
                        .filter(replica -> replica.model().equals(model.name()))
                        .count(),
                true,
                model.weights().stream().map(WeightsFile::licence).findFirst(),
                model.weights().stream().mapToLong(WeightsFile::size).sum());
    }
}
