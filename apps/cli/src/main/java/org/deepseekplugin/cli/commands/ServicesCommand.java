package org.deepseekplugin.cli.commands;

import java.time.Instant;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "services",
        description = "Services, or the replicas of one.",
        mixinStandardHelpOptions = true)
public final class ServicesCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show its replicas.")
    private @Nullable String name;

    @Override
    public void run() {
        var path = name == null ? "/services" : "/services/" + Query.segment(name);
        var answer = session.control().get(path);
        if (session.isJson()) {
            session.json(answer);
        } else if (name == null) {
            list(answer);
        } else {
            replicas(answer);
        }
    }

    private void list(JsonNode services) {
        var table = new Table("SERVICE", "MODEL", "STATE", "READY", "AGE");
        for (var service : services.path("services")) {
            table.row(
                    Cell.text(service, "name"),
                    Cell.text(service, "model"),
                    Cell.text(service, "state"),
                    Cell.text(service, "ready") + "/" + Cell.text(service, "wanted"),
                    Cell.age(service, "created_at", Instant.now()));
        }
        table.print(session.out(), "No service is deployed. Try: deepseek deploy service.yaml");
    }

    private void replicas(JsonNode service) {
        var table = new Table("REPLICA", "STATE", "NODE", "INSTANCE", "DETAIL");
        for (var replica : service.path("replicas")) {
            table.row(
                    Cell.text(replica, "id"),
                    Cell.text(replica, "state"),
                    Cell.text(replica, "node"),
                    Cell.text(replica, "instance"),
                    Cell.text(replica, "detail"));
        }
        table.print(session.out(), "It has no replica.");
    }
}
