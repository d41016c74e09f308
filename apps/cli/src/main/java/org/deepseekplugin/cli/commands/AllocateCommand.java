package org.deepseekplugin.cli.commands;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "allocate",
        description = {
            "Rent one machine of a type, run a model on it, and wait until it answers.",
            "Ctrl-C before it is ready gives it back."
        },
        mixinStandardHelpOptions = true)
public final class AllocateCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Option(
            names = "--cloud",
            paramLabel = "NAME",
            description = "Needed where several clouds claim the rest.")
    private @Nullable String cloud;

    @Option(names = "--region", paramLabel = "NAME", description = "Where to rent it.")
    private @Nullable String region;

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            description = "What to rent, as the cloud calls it.")
    private @Nullable String instanceType;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "KEY=VALUE",
            description = "Anything else that the cloud's driver knows, such as zone or market.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "What to run on it; needed where several can be deployed.")
    private @Nullable String model;

    @Option(names = "--name", paramLabel = "NAME", description = "How to call it.")
    private @Nullable String name;

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
        var request = request();
        var key = UUID.randomUUID().toString();
        var regret = new Regret(() -> release(control, request, key));
        try (regret) {
            var resource = control.post("/resources", request, key);
            if (!noWait) {
                resource = await(control, Cell.text(resource, "id"));
            }
            regret.forget();
            print(resource);
        }
    }

    private Map<String, Object> request() {
        var config = new LinkedHashMap<String, Object>(more);
        putIfSaid(config, "cloud", cloud);
        putIfSaid(config, "region", region);
        putIfSaid(config, "instance_type", instanceType);
        var request = new LinkedHashMap<String, Object>();
        putIfSaid(request, "name", name);
        putIfSaid(request, "model", model);
        request.put("config", config);
        return request;
    }

    private static void putIfSaid(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private JsonNode await(ControlClient control, String id) {
        try (var states = session.states()) {
            return Readiness.await(
                    "resource " + id,
                    () -> control.get("/resources/" + Query.segment(id)),
                    resource -> resource.path("state").asString("").equals("ready"),
                    Duration.ofSeconds(timeoutSeconds),
                    states);
        }
    }

    /// Asks once more with the same key, which tells the id even if the first answer was lost.
    private void release(ControlClient control, Map<String, Object> request, String key) {
        var resource = control.post("/resources", request, key);
        control.delete("/resources/" + Query.segment(Cell.text(resource, "id")));
        session.err().println("Interrupted: " + Cell.text(resource, "id") + " is given back.");
        session.err().flush();
    }

    private void print(JsonNode resource) {
        if (session.isJson()) {
            session.json(resource);
            return;
        }
        session.out()
                .printf(
                        "%s is %s: %s in %s, %s per hour. Give it back with: deepseek release %s%n",
                        Cell.text(resource, "id"),
                        Cell.text(resource, "state"),
                        Cell.text(resource, "instance_type"),
                        Cell.text(resource, "zone"),
                        Cell.price(resource),
                        Cell.text(resource, "id"));
    }
}
