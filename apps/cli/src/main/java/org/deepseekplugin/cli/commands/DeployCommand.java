package org.deepseekplugin.cli.commands;

import java.nio.file.Path;
import java.time.Duration;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.client.Rejection;
import org.deepseekplugin.cli.output.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "deploy",
        description = "Make a service of a file, or give it a new specification, and wait for it.",
        mixinStandardHelpOptions = true)
public final class DeployCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Parameters(paramLabel = "FILE", description = "service.yaml")
    private Path file = Path.of(".");

    @Option(names = "--no-wait", description = "Return when it is wanted, not when it is ready.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "Wait so long (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds;

    @Override
    public void run() {
        var control = session.control();
        var service = deploy(control, ServiceText.read(file));
        session.warn(service);
        if (!noWait) {
            service = await(control, Cell.text(service, "name"));
        }
        if (session.isJson()) {
            session.json(service);
        } else {
            session.out().println(sentence(service));
        }
    }

    private static JsonNode deploy(ControlClient control, ServiceText text) {
        try {
            return control.post("/services", text.content());
        } catch (Rejection e) {
            throw text.faulty(e);
        }
    }

    private JsonNode await(ControlClient control, String name) {
        try (var states = session.states()) {
            return Readiness.await(
                    "service " + name,
                    name,
                    () -> control.get("/services/" + Query.segment(name)),
                    Duration.ofSeconds(timeoutSeconds),
                    states);
        }
    }

    private static String sentence(JsonNode service) {
        return "Service %s serves %s: %s, %s of %s replicas ready."
                .formatted(
                        Cell.text(service, "name"),
                        Cell.text(service, "model"),
                        Cell.text(service, "state"),
                        Cell.text(service, "ready_replicas"),
                        Cell.text(service, "wanted_replicas"));
    }
}
