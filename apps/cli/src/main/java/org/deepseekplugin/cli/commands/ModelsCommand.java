package org.deepseekplugin.cli.commands;

import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "models",
        description = "Models that clients may name, and those that can be deployed.",
        mixinStandardHelpOptions = true)
public final class ModelsCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var models = session.control().get("/models");
        if (session.isJson()) {
            session.json(models);
            return;
        }
        var table = new Table("MODEL", "ALIAS OF", "READY REPLICAS", "DEPLOYABLE", "LICENCE");
        for (var model : models.path("models")) {
            table.row(
                    Cell.text(model, "name"),
                    Cell.optional(model, "alias_of"),
                    Cell.text(model, "ready"),
                    model.path("deployable").asBoolean(false) ? "yes" : "-",
                    Cell.optional(model, "licence"));
        }
        table.print(session.out(), "No model is known.");
    }
}
